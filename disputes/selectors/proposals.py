"""Every proposal of a case, what changed from each to the next, and which facts had arrived in between."""

from __future__ import annotations

from typing import Any

from clawguard.domain.attribution.comparing import Change, changes
from disputes.models import Case, CaseFact, Proposal

MOST = 50  # proposals shown; all are kept


def proposals_of(case: Case) -> list[dict[str, Any]]:
    """Newest first: ``proposal``, ``changes`` against the one before it, ``facts`` added since that one."""
    rows = list(Proposal.objects.filter(case=case).order_by("-number")[: MOST + 1])
    added = list(CaseFact.objects.filter(case=case).order_by("added_at", "pk"))
    earlier = [*rows[1:], None][: len(rows)]
    entries = [_entry(row, before, added) for row, before in zip(rows, earlier, strict=True)]
    return entries[:MOST]


def _entry(row: Proposal, before: Proposal | None, added: list[CaseFact]) -> dict[str, Any]:
    differing: tuple[Change, ...] = () if before is None else changes(before.attribution, row.attribution)
    since = [fact for fact in added if fact.added_at <= row.at and (before is None or fact.added_at > before.at)]
    return {"proposal": row, "changes": differing, "facts": since}
