"""/notes: what is on file for sessions, and its text, each reading of which is recorded."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.conf import settings
from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access.api import ApiView, cursor_page, idempotent_after, query, read_body
from clawguard.access.schema import documented, listing
from clawguard.ids import new_id
from notes import policies, quarantine, selectors, services
from notes.api.bodies import REQUIRED, fields, flag, text, uuid
from notes.api.files import upload_of
from notes.api.requests import schema
from notes.api.shapes import NOTE, note_dict

FILTERS: dict[str, Any] = {"session": UUID, "request": UUID, "received_since": dt.datetime}
LOOKUPS = {"session": "session_id", "request": "request_id", "received_since": "received_at__gte"}
ADD: dict[str, Any] = {
    "session_id": (uuid, REQUIRED),
    "text": (text, REQUIRED),
    "attested": (flag, False),
    "no_process_notes": (flag, False),
    "submission": (uuid, None),
}


def said(value: Any) -> bool:
    """A flag in a form, where everything is text."""
    if value not in ("true", "false"):
        raise ValueError("Give true or false.")
    return bool(value == "true")


WITH_FILE: dict[str, Any] = ADD | {"text": (text, ""), "attested": (said, False), "no_process_notes": (said, False)}


class Notes(ApiView):
    largest_body = settings.UPLOAD_MAX_BYTES

    def look(self, request: Request) -> services.Looked | None:
        """At the file, where one comes with the note."""
        policies.require_provider(self.actor)
        if not request.content_type.startswith("multipart/"):
            return None
        name, pieces, form = upload_of(request, tuple(WITH_FILE))
        given = fields(form.dict(), WITH_FILE)
        return services.look_for_session(self.actor, given["session_id"], name, pieces)

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
        about="For the provider in person. Where a request about the session is open, the note answers it. A file goes"
        " in a body of `multipart/form-data`: the same fields and `file`; then `text` may be left out.",
    )
    @idempotent_after(look)
    def post(self, request: Request, looked: services.Looked | None) -> Response:
        form = request._request.POST.dict() if looked is not None else None
        given = fields(read_body(request), ADD) if form is None else fields(form, WITH_FILE)
        answer = services.Answer(
            submission=given["submission"] or new_id(),
            text=given["text"],
            attested=given["attested"],
            no_process_notes=given["no_process_notes"],
        )
        outcome = services.add_note(self.actor, given["session_id"], answer, self.now, looked)
        if outcome.note is None:
            reason = outcome.locked_away.quarantine_reason if outcome.locked_away else ""
            return Response({"quarantined": True, "detail": quarantine.words(reason).provider}, 202)
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
