"""/notes-requests/{id}/files, /note-files/{id}: files of answers, sent before the answer and read with it."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access import FieldProblem, Problem
from clawguard.access.api import ApiView, idempotent_after, query
from clawguard.access.schema import documented
from clawguard.clock import now as read_clock
from notes import policies, quarantine, selectors, services
from notes.api.shapes import file_dict
from notes.models import StoredFile
from notes.services import Looked, grace
from notes.unscanned import waits_for_scan

FILE = {"type": "object", "description": "A file that was sent: id, name, type, size, sha256."}
BODY = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}, "required": ["file"]}
MULTIPART = "multipart/form-data"
ANSWERS = (
    "201 for a new file, 200 with the id of the one that is there where the same bytes were sent before, 202 while the "
    "virus scanner has not looked, and 202 with `quarantined` for one that was locked away unread."
)


class RequestFiles(ApiView):
    largest_body = settings.UPLOAD_MAX_BYTES

    def look(self, request: Request, request_id: UUID) -> Looked:
        with grace.expecting(self.actor, request_id, self.now):
            name, pieces, _ = upload_of(request, ())
            return services.look_for_request(self.actor, request_id, name, pieces)

    @documented(
        "Send a file for the answer to a request",
        about="Multipart with `file`. It goes with the answer once that is submitted; until then nobody else sees it. "
        "What a file is, its content says. " + ANSWERS,
        body=BODY,
        media=MULTIPART,
        answer=FILE,
        status=201,
    )
    @idempotent_after(look)
    def post(self, request: Request, request_id: UUID, looked: Looked) -> Response:
        now = read_clock()
        return stored(services.keep_file(self.actor, request_id, looked, now, self.now), now)


class NoteFile(ApiView):
    @documented(
        "The bytes of a file of a note",
        about="As they came; each reading is recorded, and the provider sees the record. Unless a review of the "
        "session is open, say why in the header `Access-Reason`. What is locked away is not found.",
        scope=policies.READ,
    )
    def get(self, request: Request, file_id: UUID) -> HttpResponse:
        query(request, {}, page=False)
        policies.require_file_reader(self.actor)
        reason = request.headers.get("Access-Reason", "")
        _, content = selectors.read_file(self.actor, file_id, door="api", reason=reason, now=self.now)
        answer = HttpResponse(content, content_type="application/octet-stream")
        answer["Content-Disposition"] = "attachment"
        return answer


def stored(row: StoredFile, now: dt.datetime) -> Response:
    """What became of a file that was kept at ``now``, or before."""
    if row.quarantined_at is not None:
        return Response({"quarantined": True, "detail": quarantine.words(row.quarantine_reason).provider}, 202)
    if row.uploaded_at < now:
        return Response(file_dict(row), 200)
    return Response(file_dict(row), 202 if waits_for_scan(row) else 201)


def upload_of(request: Request, fields: tuple[str, ...]) -> tuple[str, Any, Any]:
    """The one file of a multipart body, and its other fields. Raises Problem 400 naming every bad field."""
    form, sent = request._request.POST, request._request.FILES
    errors = [FieldProblem(f"/{name[:40]}", "unknown", "Leave it out.") for name in form if name not in fields]
    found = sent.getlist("file")
    if set(sent) != {"file"} or len(found) != 1:
        errors.append(FieldProblem("/file", "required", "Send exactly one file, in the field `file`."))
    if errors:
        raise Problem(400, "invalid", "The request cannot be read", "See errors.", errors)
    return found[0].name or "", found[0].chunks(), form
