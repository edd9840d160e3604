"""/findings and /checks."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access import bodies
from clawguard.access.api import ApiView, cursor_page, idempotent, query
from clawguard.access.schema import documented, listing
from clawguard.domain.checks.dismissals import BY_CODE, OTHER
from clawguard.domain.lifecycles import FindingState
from sessions import catalogue, health, policies, selectors, services
from sessions.api.shapes import check_dict, finding_dict
from sessions.services import tables

FINDING = {"type": "object", "description": "What one check says about one session, with the facts used."}
CHECK = {"type": "object", "description": "One check or pattern of the catalog."}
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
    "status": "new, confirmed, dismissed, cleared or overturned",
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


DISMISSAL: dict[str, bodies.Reader] = {
    "reason": bodies.line,
    "reason_code": bodies.choice(*BY_CODE),
    "until": bodies.date,
}
WORDS: dict[str, bodies.Reader] = {"reason": bodies.line}


class Dismiss(ApiView):
    @documented(
        "Dismiss a finding",
        about="`reason_code` is one of the check's `dismissal_reasons`; `other`, the default, needs a `reason` in"
        " words. `until` is the last day of the dismissal; without it the dismissal lasts.",
        body=bodies.schema(DISMISSAL, until={"type": "string", "format": "date"}),
        answer=FINDING,
    )
    @idempotent
    def post(self, request: Request, finding_id: UUID) -> Response:
        said = bodies.read(request, DISMISSAL)
        code = said.get("reason_code", OTHER)
        finding = services.dismiss_finding(
            self.actor, finding_id, said.get("reason", ""), self.now, code=code, until=said.get("until")
        )
        return Response(finding_dict(finding, self.actor))


class Confirm(ApiView):
    @documented("Confirm a finding", body=bodies.schema(WORDS), answer=FINDING)
    @idempotent
    def post(self, request: Request, finding_id: UUID) -> Response:
        reason = bodies.read(request, WORDS).get("reason", "")
        return Response(finding_dict(services.confirm_finding(self.actor, finding_id, reason, self.now), self.actor))


class Restore(ApiView):
    @documented("Take a dismissed finding up again", body=bodies.schema(WORDS), answer=FINDING)
    @idempotent
    def post(self, request: Request, finding_id: UUID) -> Response:
        reason = bodies.read(request, WORDS).get("reason", "")
        return Response(finding_dict(services.restore_finding(self.actor, finding_id, reason, self.now), self.actor))


CATALOGUE: dict[str, Any] = {"category": str, "severity": ("error", "warning", "info"), "code": str, "q": str}
CATALOGUE_WORDS = {
    "category": "category of the check",
    "severity": "error, warning or info",
    "code": "checks and patterns that can concern a session that bills this code",
    "q": "words of id, title, summary, category or codes",
}


class Checks(ApiView):
    @documented("The rule catalog", answer={"type": "object"}, scope=policies.READ, query=CATALOGUE_WORDS)
    def get(self, request: Request) -> Response:
        asked = query(request, CATALOGUE, page=False)
        wanted = {"text" if name == "q" else name: value for name, value in asked.items()}
        table = tables.current().procedures
        rows = catalogue.catalogue(table, **wanted)
        return Response({"results": [check_dict(info, table) for info in rows]})


class CheckDetail(ApiView):
    @documented("One check", answer=CHECK, scope=policies.READ)
    def get(self, request: Request, check_id: str) -> Response:
        query(request, {}, page=False)
        return Response(check_dict(catalogue.get_entry(check_id), tables.current().procedures))


class CheckHealth(ApiView):
    @documented(
        "How well a check does",
        about="Counts of its findings by what became of them. `precision` is the share of judged findings that held,"
        " with its 95 % interval after Wilson, and null while fewer than `fewest_judged` were judged.",
        answer={"type": "object"},
        scope=policies.READ,
        query={"days": "30, 90 (the default), 365 or all", "payer": "payer id as on the claim"},
    )
    def get(self, request: Request, check_id: str) -> Response:
        given = query(request, {"days": tuple(health.PERIODS), "payer": str}, page=False)
        info = catalogue.get_check(check_id)
        asked = health.Asked(given.get("days", health.USUAL), given.get("payer", ""), info.id)
        row = health.of_all_checks(self.actor, asked, self.now)[0]
        payers = [
            {"payer_id": each.payer_id, "payer": each.payer, **health.as_dict(each)}
            for each in health.of_payers(self.actor, asked, self.now)
        ]
        return Response({"check": info.id, "days": asked.days, **health.as_dict(row), "payers": payers})
