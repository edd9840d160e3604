"""/notes/check: the reader over a text, without storing it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access.api import ApiView, read_body
from clawguard.access.schema import documented
from notes import policies, reading_shapes, services
from notes.api.bodies import REQUIRED, fields, text, uuid


def described(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError("Give a session as an object.")
    return value


CHECK: dict[str, Any] = {"text": (text, REQUIRED), "session": (described, None), "session_id": (uuid, None)}
SCHEMA = {
    "type": "object",
    "properties": {"text": {"type": "string"}, "session": {"type": "object"}, "session_id": {"type": "string"}},
    "required": ["text"],
    "additionalProperties": False,
}


class CheckNote(ApiView):
    @documented(
        "Read a note without storing anything",
        about="`session` describes the session as `POST /sessions` takes it; or `session_id` names one of yours. Each"
        " element that applies has a verdict, the places it rests on and what to add. Neither text nor answer is kept.",
        body=SCHEMA,
        answer={"type": "object"},
        scope=policies.WRITE,
    )
    def post(self, request: Request) -> Response:
        given = fields(read_body(request), CHECK)
        session = services.session_to_check(self.actor, given["session"], given["session_id"], self.now)
        return Response(reading_shapes.reading_dict(services.check_text(session, given["text"]).reading))
