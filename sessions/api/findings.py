"""/findings and /checks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access.api import ApiView, cursor_page, idempotent, query, read_body
from clawguard.access.problems import FieldProblem, Problem
from clawguard.access.schema import documented, listing
from clawguard.domain.lifecycles import FindingState
from sessions import catalogue, policies, selectors, services
from sessions.api.shapes import check_dict, finding_dict
from sessions.models import Finding

FINDING = {"type": "object", "description": "What one check says about one session, with the facts used."}
CHECK = {"type": "object", "description": "One rule of the catalogue."}
FILTERS: dict[str, Any] = {
    "session": UUID,
    "check": str,
    "severity": ("error", "warning", "info"),
    "status": tuple(FindingState),
    "updated_since": dt.datetime,
}
FILTER_WORDS = {
    "session": "id of the session",
    "check": "id of the check",
    "severity": "error, warning or info",
    "status": "new, confirmed, dismissed or cleared",
    "updated_since": "changed at or after this instant",
}
LOOKUPS = {
    "session": "session_id",
    "check": "check_id",
    "severity": "severity",
    "status": "status",
    "updated_since": "updated_at__gte",
}


class Findings(ApiView):
    @documented("List findings", answer=listing(FINDING), scope=policies.READ, query=FILTER_WORDS)
    def get(self, request: Request) -> Response:
        asked = query(request, FILTERS)
        wanted = {LOOKUPS[name]: value for name, value in asked.items() if name in LOOKUPS}
        rows = selectors.visible_findings(self.actor).filter(**wanted)
        return cursor_page(request, rows, lambda row: finding_dict(row, self.actor), order=("-updated_at", "-id"))


class _Decision(ApiView):
    """A person's judgement about one finding; ``service`` does it."""

    service: Callable[..., Finding]

    @documented(
        "Judge a finding", body={"type": "object", "properties": {"reason": {"type": "string"}}}, answer=FINDING
    )
    @idempotent
    def post(self, request: Request, finding_id: UUID) -> Response:
        reason = _reason(read_body(request))
        finding = type(self).service(self.actor, finding_id, reason, self.now)
        return Response(finding_dict(finding, self.actor))


class Dismiss(_Decision):
    service = staticmethod(services.dismiss_finding)


class Confirm(_Decision):
    service = staticmethod(services.confirm_finding)


class Restore(_Decision):
    service = staticmethod(services.restore_finding)


def _reason(body: dict[str, Any]) -> str:
    errors = [FieldProblem(f"/{name[:40]}", "unknown", "Leave it out.") for name in body if name != "reason"]
    reason = body.get("reason", "")
    if not isinstance(reason, str) or not reason.isprintable():
        errors.append(FieldProblem("/reason", "type_string", "Give one line of text."))
    if errors:
        raise Problem(400, "invalid", "The request cannot be read", "See errors.", errors)
    return str(reason)


class Checks(ApiView):
    @documented("The rule catalogue", answer={"type": "object"}, scope=policies.READ)
    def get(self, request: Request) -> Response:
        asked = query(request, {"category": str, "severity": ("error", "warning", "info"), "q": str}, page=False)
        rows = catalogue.catalogue(asked.get("q", ""), asked.get("category", ""), asked.get("severity", ""))
        return Response({"results": [check_dict(info) for info in rows]})


class CheckDetail(ApiView):
    @documented("One check", answer=CHECK, scope=policies.READ)
    def get(self, request: Request, check_id: str) -> Response:
        query(request, {}, page=False)
        return Response(check_dict(catalogue.get_check(check_id)))
