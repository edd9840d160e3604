"""/notes-requests/bulk: ask about many sessions at once, or look first at what that would do."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access.api import ApiView, idempotent, read_body
from clawguard.access.schema import documented
from notes import policies, services
from notes.api.bodies import REQUIRED, fields, flag, list_of, uuid
from notes.services.bulk import ASKED, MOST, Row

ASK: dict[str, Any] = {"session_ids": (list_of(uuid, MOST), REQUIRED), "dry_run": (flag, False)}
ID = {"type": "string", "format": "uuid"}
BODY = {
    "type": "object",
    "properties": {"session_ids": {"type": "array", "items": ID, "maxItems": MOST}, "dry_run": {"type": "boolean"}},
    "required": ["session_ids"],
    "additionalProperties": False,
}
ONE = {
    "type": "object",
    "properties": {
        "session_id": ID,
        "request_id": {"type": ["string", "null"], "format": "uuid"},
        "result": {"type": "string", "description": f"“{ASKED}”, or why this session was left out"},
        "items": {"type": "array", "items": {"type": "string"}, "description": "kinds of documents"},
        "due_at": {"type": ["string", "null"], "format": "date-time", "description": "if it is delivered now"},
    },
}
ANSWER = {
    "type": "object",
    "properties": {"dry_run": {"type": "boolean"}, "results": {"type": "array", "items": ONE}},
}


class Bulk(ApiView):
    @documented("Ask about many sessions at once", body=BODY, answer=ANSWER, scope=policies.WRITE)
    @idempotent
    def post(self, request: Request) -> Response:
        asked = fields(read_body(request), ASK)
        rows = services.preview_many(self.actor, asked["session_ids"], self.now)
        done: dict[str, Any] = {}
        if not asked["dry_run"]:
            batch = services.ask_about_many(self.actor, asked["session_ids"], self.now)
            done = {row["session"]: row for row in batch.rows}
        return Response({"dry_run": asked["dry_run"], "results": [_shown(row, done) for row in rows]})


def _shown(row: Row, done: dict[str, Any]) -> dict[str, Any]:
    became = done.get(str(row.session.pk), {"request": "", "result": row.obstacle or ASKED})
    return {
        "session_id": str(row.session.pk),
        "request_id": became["request"] or None,
        "result": became["result"],
        "items": [item.kind for item in row.items],
        "due_at": row.deadline.lapses_at.isoformat() if row.deadline and not row.obstacle else None,
    }
