"""One page of a triage view as rows that all look alike, whatever they are about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from clawguard.accounts.actors import Actor
from clawguard.domain.lifecycles import CaseState
from clawguard.ui import words
from disputes import wording
from disputes.appeal_time import waits_for_reading
from disputes.models import Case, Dispute
from disputes.selectors import keyset
from disputes.selectors.triage import COUNTED, View, filtered
from sessions.models import Finding

ENDED = frozenset({CaseState.DECIDED, CaseState.CLOSED})


@dataclass(frozen=True, slots=True)
class Page:
    """``next_mark`` starts the next page; it is empty on the last one."""

    rows: list[dict[str, Any]]
    next_mark: str


@dataclass(frozen=True, slots=True)
class Ask:
    """What the reader wants to see of a view."""

    chosen: Mapping[str, list[str]] = field(default_factory=dict)
    search: str = ""
    after: str = ""


def page(actor: Actor, view: View, ask: Ask, now: dt.datetime) -> Page:
    """Sorted by time to breach, then money; findings, which no clock runs on yet, by money."""
    rows = view.rows(actor, now)
    if view.kind == "findings":
        found, mark = keyset.page_by_money(rows.select_related("session__provider"), ask.after, "amount_at_risk")
        standing = Case.objects.filter(session__in=[row.session_id for row in found]).exclude(status=CaseState.CLOSED)
        of_session = dict(standing.values_list("session_id", "pk"))
        return Page([_of_finding(row, of_session.get(row.session_id)) for row in found], mark)
    if view.kind == "disputes":
        found, mark = keyset.page_of(
            rows.select_related("provider").defer("statement", "response", "draft"),
            ask.after,
            by="opened_at",
            amount="amount",
        )
        return Page([_of_dispute(row, now) for row in found], mark)
    cases = filtered(rows, ask.chosen, ask.search).select_related("provider", "assignee")
    found, mark = keyset.page_of(cases, ask.after, by="breach_at", amount="amount_at_risk")
    return Page([_of_case(row, now) for row in found], mark)


def count(actor: Actor, view: View, ask: Ask, now: dt.datetime) -> int:
    """How many cases of the view fit what is asked, counted up to ``COUNTED`` and no further."""
    return filtered(view.rows(actor, now), ask.chosen, ask.search).order_by()[:COUNTED].count()


def _of_case(case: Case, now: dt.datetime) -> dict[str, Any]:
    return {
        "id": case.pk,
        "url": f"/cases/{case.pk}",
        "due_at": None if case.status in ENDED else case.breach_at,
        "ended": _ended(case, now),
        "zone": case.provider.time_zone,
        "provider": case.provider,
        "title": case.title,
        "what": wording.PARTY_WORDS[case.party],
        "detail": wording.CASE_WORDS[case.status],
        "state": wording.case_state(case, now),
        "amount": case.amount_at_risk,
        "who": case.assignee,
    }


def _ended(case: Case, now: dt.datetime) -> str:
    """What stands in place of a clock once nobody owes anything: how long the decision can still be appealed."""
    if case.status != CaseState.DECIDED or case.appeal_until is None or waits_for_reading(case):
        return ""
    if now >= case.appeal_until:
        return "Appeal time is over"
    return f"Appeal until {words.due_short(case.appeal_until, case.provider.time_zone)}"


def _of_finding(row: Finding, case_id: UUID | None) -> dict[str, Any]:
    provider = row.session.provider
    return {
        "id": row.pk,
        "url": f"/sessions/{row.session_id}" if case_id is None else f"/cases/{case_id}",
        "due_at": None,
        "zone": provider.time_zone,
        "provider": provider,
        "title": wording.session_title(row.session),
        "what": row.title,
        "check": row.check_id,
        "severity": row.severity,
        "amount": row.amount_at_risk,
        "who": None,
    }


def _of_dispute(row: Dispute, now: dt.datetime) -> dict[str, Any]:
    return {
        "id": row.pk,
        "url": f"/disputes/{row.pk}",
        "due_at": row.due_at,
        "zone": row.provider.time_zone,
        "provider": row.provider,
        "title": wording.dispute_title(row),
        "what": wording.reason_label(row),
        "detail": wording.DISPUTE_WORDS[row.status],
        "state": wording.dispute_state(row, now),
        "amount": row.amount,
        "who": None,
    }
