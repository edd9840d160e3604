"""Addresses that belong to nobody's rows: signing in, the style page, the API's description."""

from __future__ import annotations

import json

from clawguard import signing
from tests.builders import MAIL_SECRET, NOW, PASSWORD
from tests.doors.matrix.row import Row, fixed

EVERYBODY = "Y Y Y Y Y Y Y Y Y Y"
PEOPLE = "Y Y Y Y Y Y Y in in in"
MAIL_EVENT = {"type": "mail.bounced", "timestamp": NOW.isoformat(), "data": {"message_id": "<unknown@example.com>"}}
SIGNED = signing.headers_for("msg_1", NOW, json.dumps(MAIL_EVENT).encode(), [MAIL_SECRET])

ROWS = (
    Row("healthz", "GET", EVERYBODY),
    Row("readyz", "GET", EVERYBODY, also=(503,)),
    Row("api-docs", "GET", EVERYBODY),
    Row("openapi", "GET", EVERYBODY),
    Row("style", "GET", EVERYBODY),
    Row("api-mail-events", "POST", EVERYBODY, body=fixed(MAIL_EVENT), headers=SIGNED),
    Row("home", "GET", PEOPLE),
    Row("sign-in", "GET", EVERYBODY),
    Row("sign-in", "POST", EVERYBODY, body=fixed({"email": "nobody@example.com", "password": PASSWORD}), also=(422,)),
    Row("sign-in-link", "GET", EVERYBODY),
    Row("sign-in-link", "POST", EVERYBODY, body=fixed({"email": "nobody@example.com"})),
    Row("sign-in-continue", "GET", EVERYBODY, {"token": "unknown"}, also=(410,)),
    Row("sign-in-continue", "POST", EVERYBODY, {"token": "unknown"}, also=(410,)),
    Row("sign-in-link-again", "POST", EVERYBODY, {"token": "unknown"}),
    Row("sign-in-code", "GET", EVERYBODY),
    Row("sign-in-code", "POST", EVERYBODY, body=fixed({"code": "0000 0000"}), also=(422,)),
    Row("sign-in-code-again", "POST", EVERYBODY),
    Row("sign-in-passkey", "POST", EVERYBODY, also=(422,)),
    Row("sign-in-passkey-options", "POST", EVERYBODY),
    Row("passkey-options", "POST", PEOPLE),
    Row("passkey-add", "POST", PEOPLE, also=(422,)),
    Row("passkey-remove", "POST", "Y 404 404 404 404 404 404 in in in", {"passkey_id": "passkey"}),
    Row("ways-in", "GET", PEOPLE),
    Row("ways-in-end", "POST", PEOPLE),
    Row("sign-in-end", "POST", "Y 404 404 404 404 404 404 in in in", {"name": "provider's browser"}),
    Row("sign-ins-end-others", "POST", PEOPLE),
    Row("sign-out", "POST", EVERYBODY),
    Row("alive", "GET", "Y Y Y Y Y Y Y 401 401 401"),
    Row("password", "GET", PEOPLE),
    Row(
        "password",
        "POST",
        PEOPLE,
        body=fixed({"current": PASSWORD, "new": "another-staple-horse-7", "again": "another-staple-horse-7"}),
    ),
)
