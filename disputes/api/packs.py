"""/cases/{id}/evidence-pack and the pack itself, for leads and auditors in person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access import bodies
from clawguard.access.api import ApiView, idempotent, query
from clawguard.access.schema import documented
from disputes import selectors, services
from disputes.models import EvidencePack
from disputes.selectors.packs import packs_of

PACK = {
    "type": "object",
    "properties": {
        **{name: {"type": "string"} for name in ("id", "audience", "asked_by", "asked_at", "sha256")},
        **{name: {"type": ["string", "null"]} for name in ("made_at", "expires_at", "expired_at")},
        **{name: {"type": "integer"} for name in ("size", "files")},
        "ready": {"type": "boolean"},
    },
}
ASKED = {"type": "object", "properties": {"audience": {"type": "string", "enum": ["network", "provider"]}}}


class EvidencePacks(ApiView):
    @documented("The evidence packs of a case (lead, auditor)", answer={"type": "object"})
    def get(self, request: Request, case_id: UUID) -> Response:
        query(request, {}, page=False)
        case = selectors.get_case(self.actor, case_id)
        return Response({"results": [pack_dict(row) for row in packs_of(self.actor, case)]})

    @documented(
        "Have an evidence pack made (lead, auditor)",
        about="`audience`: `network` for everything, `provider` for what the provider may see. It is made in the "
        "background; ask for the list until it is `ready`.",
        body=ASKED,
        answer=PACK,
        status=202,
    )
    @idempotent
    def post(self, request: Request, case_id: UUID) -> Response:
        selectors.get_case(self.actor, case_id)
        body = bodies.read(request, {"audience": bodies.text}, required=("audience",))
        return Response(pack_dict(services.ask_for_pack(self.actor, case_id, body["audience"], self.now)), 202)


class EvidencePackFile(ApiView):
    @documented("The pack as a signed ZIP (lead, auditor)", about="That it was taken is written into the log.")
    def get(self, request: Request, pack_id: UUID) -> HttpResponse:
        query(request, {}, page=False)
        _, content = services.take_pack(self.actor, pack_id, "api", self.now)
        return HttpResponse(content, content_type="application/zip")


def pack_dict(row: EvidencePack) -> dict[str, Any]:
    names = ("audience", "asked_at", "made_at", "expires_at", "expired_at", "size", "files", "sha256", "ready")
    return {"id": row.pk, "asked_by": row.asked_by_name} | {name: getattr(row, name) for name in names}
