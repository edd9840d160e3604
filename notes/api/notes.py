"""/notes: what is on file for sessions, and its text, each reading of which is recorded."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access.api import ApiView, cursor_page, idempotent, query, read_body
from clawguard.access.schema import documented, listing
from clawguard.ids import new_id
from notes import policies, selectors, services
from notes.api.bodies import REQUIRED, fields, flag, text, uuid
from notes.api.requests import schema
from notes.api.shapes import NOTE, note_dict
from notes.process_notes import WORDS

FILTERS: dict[str, Any] = {"session": UUID, "request": UUID, "received_since": dt.datetime}
LOOKUPS = {"session": "session_id", "request": "request_id", "received_since": "received_at__gte"}
ADD: dict[str, Any] = {
    "session_id": (uuid, REQUIRED),
    "text": (text, REQUIRED),
    "attested": (flag, False),
    "no_process_notes": (flag, False),
    "submission": (uuid, None),
}


class Notes(ApiView):
    @documented(
        "Notes on file, without their text", answer=listing(NOTE), scope=policies.READ, query=dict.fromkeys(FILTERS, "")
    )
    def get(self, request: Request) -> Response:
        asked = query(request, FILTERS)
        wanted = {LOOKUPS[name]: value for name, value in asked.items() if name in LOOKUPS}
        rows = selectors.visible_notes(self.actor).filter(**wanted).prefetch_related("note_files__file")
        return cursor_page(request, rows, note_dict, order=("-received_at", "-id"))

    @documented(
        "Add a note to an own session",
        body=schema(ADD),
        answer=NOTE,
        status=201,
        about="For the provider in person. Where a request about the session is open, the note answers it.",
    )
    @idempotent
    def post(self, request: Request) -> Response:
        policies.require_provider(self.actor)
        given = fields(read_body(request), ADD)
        answer = services.Answer(
            submission=given["submission"] or new_id(),
            text=given["text"],
            attested=given["attested"],
            no_process_notes=given["no_process_notes"],
        )
        outcome = services.add_note(self.actor, given["session_id"], answer, self.now)
        if outcome.note is None:
            return Response({"quarantined": True, "detail": WORDS}, 202)
        return Response(note_dict(outcome.note), 201)


class NoteContent(ApiView):
    @documented(
        "The text of a note",
        scope=policies.READ,
        about="Each reading is recorded, and the provider sees the record. Unless a review of the session is open,"
        " say why in the header `Access-Reason`: a header, because addresses end up in logs.",
    )
    def get(self, request: Request, note_id: UUID) -> Response:
        query(request, {}, page=False)
        reason = request.headers.get("Access-Reason", "")
        found = selectors.read_note(self.actor, note_id, door="api", reason=reason, now=self.now)
        return Response({**note_dict(found.note), "text": found.text, "explanation": found.explanation})
