"""/cases/{id}/files, /disputes/{id}/files, /case-files/{id}: files that go with messages and evidence."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access.api import ApiView, idempotent_after, query
from clawguard.access.schema import documented
from disputes import policies, services
from disputes.selectors import files
from notes.api.files import ANSWERS, FILE, MULTIPART, stored, upload_of
from notes.services import Looked

BODY = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}, "kind": {"type": "string"}}}


class CaseFiles(ApiView):
    largest_body = settings.UPLOAD_MAX_BYTES

    def look(self, request: Request, case_id: UUID) -> Looked:
        name, pieces, _ = upload_of(request, ())
        return services.look_for_case(self.actor, case_id, name, pieces)

    @documented(
        "Send a file for the next message of a case",
        about="Multipart with `file`. Name its id in `files` of the message; until then nobody sees it. What a file "
        "is, its content says; what cannot be taken is refused with its reason. " + ANSWERS,
        body=BODY,
        media=MULTIPART,
        answer=FILE,
        status=201,
        scope=policies.WRITE,
    )
    @idempotent_after(look)
    def post(self, request: Request, case_id: UUID, looked: Looked) -> Response:
        return stored(services.keep_for_case(self.actor, case_id, looked, self.now), self.now)


class DisputeFiles(ApiView):
    largest_body = settings.UPLOAD_MAX_BYTES

    def look(self, request: Request, dispute_id: UUID) -> Looked:
        name, pieces, form = upload_of(request, ("kind",))
        return services.look_for_dispute(self.actor, dispute_id, form.get("kind", ""), name, pieces)

    @documented(
        "Send a file that shows something in a dispute",
        about="Multipart with `file`. Staff and programs name its id in `file` of the evidence. The provider gives the "
        "`kind` of evidence that it shows; it goes with the response once that is submitted. " + ANSWERS,
        body=BODY,
        media=MULTIPART,
        answer=FILE,
        status=201,
        scope=policies.WRITE,
    )
    @idempotent_after(look)
    def post(self, request: Request, dispute_id: UUID, looked: Looked) -> Response:
        kind = request._request.POST.get("kind", "")
        return stored(services.keep_for_dispute(self.actor, dispute_id, kind, looked, self.now), self.now)


class CaseFile(ApiView):
    @documented(
        "A file of a conversation, of evidence, or of the library",
        about="The bytes as they came; each opening is recorded. What is locked away is not found.",
        scope=policies.READ,
    )
    def get(self, request: Request, file_id: UUID) -> HttpResponse:
        query(request, {}, page=False)
        _, content = files.read_file(self.actor, file_id, "api", self.now)
        answer = HttpResponse(content, content_type="application/octet-stream")
        answer["Content-Disposition"] = "attachment"
        return answer
