"""Signatures of messages between servers, by the Standard Webhooks scheme (standardwebhooks.com, version 1).

A message carries ``webhook-id``, ``webhook-timestamp`` (whole Unix seconds) and ``webhook-signature``: one or several
``v1,<base64>`` apart by spaces, each an HMAC-SHA256 over ``id.timestamp.body`` under one secret. A secret is written as
``whsec_`` and the base64 of 24 to 64 random bytes. While secrets are changed over both sides may hold several.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable

PREFIX = "whsec_"
SHORTEST, LONGEST = 24, 64  # bytes of a secret
TOLERANCE = dt.timedelta(seconds=300)
MOST_SIGNATURES = 10  # of one message; each costs an HMAC for every secret
MESSAGE_ID = re.compile(r"[!-\-/-~]{1,255}")  # no dot: it parts what is signed


class BadSignature(Exception):
    """The message is not taken. ``why``: ``headers`` (missing or unreadable), ``time`` (too old, or of the future) or
    ``signature`` (none of the secrets made it)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def new_secret() -> str:
    """A fresh secret of 32 random bytes."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def key_of(secret: str) -> bytes:
    """The bytes a secret stands for. Raises ValueError; its words never hold the secret."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("a signing secret is whsec_ and base64") from None
    if not SHORTEST <= len(key) <= LONGEST:
        raise ValueError(f"a signing secret has {SHORTEST} to {LONGEST} bytes")
    return key


def headers_for(message_id: str, at: dt.datetime, body: bytes, keys: Iterable[str]) -> dict[str, str]:
    """The three headers under which ``body`` is sent: one signature for each secret of ``keys``."""
    seconds = str(int(at.timestamp()))
    signatures = [f"v1,{_signature(key_of(key), message_id, seconds, body)}" for key in keys]
    return {"webhook-id": message_id, "webhook-timestamp": seconds, "webhook-signature": " ".join(signatures)}


def verify(
    message_id: str, timestamp: str, signature: str, body: bytes, keys: Iterable[str], now: dt.datetime
) -> dt.datetime:
    """When the message was signed, once one of ``keys`` is known to have made one of its signatures and it is at most
    ``TOLERANCE`` away from ``now``. Whether ``message_id`` was taken before is for the caller. Raises BadSignature."""
    if not MESSAGE_ID.fullmatch(message_id) or not re.fullmatch(r"[0-9]{1,11}", timestamp, re.ASCII):
        raise BadSignature("headers")
    given = [part.partition(",") for part in signature.split(" ") if part]
    made = [value.encode() for version, _, value in given if version == "v1" and value.isascii()]
    if not made or len(given) > MOST_SIGNATURES:
        raise BadSignature("headers")
    wanted = [_signature(key_of(key), message_id, timestamp, body).encode() for key in keys]
    fitting = [hmac.compare_digest(one, other) for one in wanted for other in made]  # all of them, whichever fits
    if not any(fitting):
        raise BadSignature("signature")
    at = dt.datetime.fromtimestamp(int(timestamp), dt.UTC)
    if abs(now - at) > TOLERANCE:
        raise BadSignature("time")
    return at


def _signature(key: bytes, message_id: str, timestamp: str, body: bytes) -> str:
    signed = f"{message_id}.{timestamp}.".encode() + body
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
