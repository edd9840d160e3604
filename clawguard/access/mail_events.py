"""The door of the mail service: it tells, signed, what became of a mail. No key and no sign-in plays a part here."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.response import Response

from clawguard import signing
from clawguard.access import bodies
from clawguard.access.api import ApiView, raw_body
from clawguard.access.problems import Problem, not_found
from clawguard.access.schema import documented
from clawguard.events import mail_reports

LARGEST = 16 * 1024  # bytes; an event is a fraction of that
KINDS = {f"mail.{kind}": kind for kind in ("delivered", "bounced", "complained")}
REFUSALS = {
    "headers": (400, "signature_missing", "Send webhook-id, webhook-timestamp and webhook-signature (v1)."),
    "time": (
        400,
        "message_old",
        "Its webhook-timestamp is more than five minutes away. Sign it anew to send it again.",
    ),
    "signature": (401, "signature_wrong", "No secret in force made this signature over id, timestamp and body."),
}
TEXT, MOMENT = {"type": "string"}, {"type": "string", "format": "date-time"}
EVENT: dict[str, Any] = {
    "type": "object",
    "properties": {
        "type": {"type": "string", "enum": list(KINDS)},
        "timestamp": MOMENT,
        "data": {"type": "object", "properties": {"message_id": TEXT}, "required": ["message_id"]},
    },
    "required": ["type", "timestamp", "data"],
    "additionalProperties": False,
}
ANSWER = {"type": "object", "properties": {"status": {"type": "string", "enum": ["recorded", "repeated", "unknown"]}}}


class MailEvents(ApiView):
    authentication_classes = []
    permission_classes = []

    @documented(
        "What became of a mail",
        body=EVENT,
        answer=ANSWER,
        status=202,
        about="By the mail service, signed by the Standard Webhooks scheme. An event is taken once per `webhook-id`. "
        "404 where no secret is set.",
        opened_by="Opened by the signature alone; no key is needed, and none is looked at.",
    )
    def post(self, request: Request) -> Response:
        told_as = self._verified(request)
        given = bodies.read(request, READ, required=tuple(READ))
        report = mail_reports.Report(told_as, given["data"], given["type"], given["timestamp"])
        return Response({"status": mail_reports.take(report, self.now)}, 202)

    def _verified(self, request: Request) -> str:
        if not settings.MAIL_EVENT_SECRETS:
            raise not_found()
        body, told = raw_body(request, LARGEST), request.META
        told_as, at, signed = (str(told.get(f"HTTP_WEBHOOK_{name}", "")) for name in ("ID", "TIMESTAMP", "SIGNATURE"))
        try:
            signing.verify(told_as, at, signed, body, settings.MAIL_EVENT_SECRETS, self.now)
        except signing.BadSignature as refused:
            status, code, detail = REFUSALS[refused.why]
            raise Problem(status, code, "The message is not taken", detail) from None
        return told_as


def _kind(value: Any) -> str:
    return KINDS[bodies.choice(*KINDS)(value)]


def _message_id(value: Any) -> str:
    """The mail's Message-ID, with its angle brackets or without them."""
    if not isinstance(value, dict) or value.keys() != {"message_id"}:
        raise bodies.Unreadable("Give an object with message_id and nothing else.")
    named = bodies.line(value["message_id"])
    return named if named.startswith("<") else f"<{named}>"


READ = {"type": _kind, "timestamp": bodies.instant, "data": _message_id}
