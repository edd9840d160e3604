"""/patterns: what is seen across the sessions of a provider, by month."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access.api import ApiView, cursor_page, query
from clawguard.access.schema import documented, listing
from clawguard.accounts.actors import Actor
from clawguard.domain.lifecycles import PatternState
from clawguard.domain.patterns import PATTERNS
from sessions import policies, selectors_patterns
from sessions.models import PatternFinding

PATTERN = {"type": "object", "description": "What one pattern says of a provider in a period, with the numbers used."}
FILTERS: dict[str, Any] = {"provider": str, "pattern": str, "month": dt.date, "status": tuple(PatternState)}
FILTER_WORDS = {
    "provider": "NPI of the provider",
    "pattern": "id of the pattern",
    "month": "any day of the month",
    "status": "new, confirmed, dismissed or cleared; without it, what stands",
}


def pattern_dict(finding: PatternFinding, actor: Actor) -> dict[str, Any]:
    """A provider reads calm words and numbers, without steps or what staff made of it."""
    info = PATTERNS[finding.pattern]
    shown: dict[str, Any] = {
        "id": str(finding.pk),
        "pattern": finding.pattern,
        "version": finding.version,
        "title": finding.title,
        "severity": finding.severity,
        "provider": finding.provider.npi,
        "client_id": str(finding.client_id) if finding.client_id else None,
        "month": f"{finding.month:%Y-%m}",
        "first_day": finding.first_day.isoformat(),
        "last_day": finding.last_day.isoformat(),
        "message": finding.message,
        "evidence": finding.evidence,
        "code": finding.code or None,
        "source": {"name": info.source.name, "url": info.source.url},
        "documentation": info.documentation,
        "updated_at": finding.updated_at.isoformat(),
    }
    if actor.is_provider:
        return shown | {"note": info.provider_message}
    return shown | {
        "status": finding.status,
        "suggested_step": info.suggested_step,
        "pack": finding.pack,
        "reason": finding.decision_reason,
        "decided_by": finding.decided_by_name,
        "decided_at": finding.decided_at.isoformat() if finding.decided_at else None,
        "allowed_actions": policies.pattern_actions(actor, finding),
    }


class Patterns(ApiView):
    @documented("List patterns", answer=listing(PATTERN), scope=policies.READ, query=FILTER_WORDS)
    def get(self, request: Request) -> Response:
        asked = query(request, FILTERS)
        wanted = {name: value for name, value in asked.items() if name in FILTERS}
        rows = selectors_patterns.search(self.actor, self.now.date(), **wanted)
        return cursor_page(request, rows, lambda row: pattern_dict(row, self.actor), order=("-month", "-id"))


class Pattern(ApiView):
    @documented("A pattern with the sessions it rests on", answer=PATTERN, scope=policies.READ)
    def get(self, request: Request, finding_id: UUID) -> Response:
        query(request, {}, page=False)
        finding = selectors_patterns.get_pattern(self.actor, finding_id, self.now.date())
        sessions = [str(session.pk) for session in selectors_patterns.sessions_of(finding)]
        return Response(pattern_dict(finding, self.actor) | {"sessions": sessions})
