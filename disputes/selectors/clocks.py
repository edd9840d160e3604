"""Every clock of a case, by whose turn it is, with the count behind it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings

from clawguard.accounts.actors import Actor
from clawguard.domain.calendar import business_days_left
from clawguard.domain.lifecycles import CaseState, DisputeState, RequestState
from clawguard.holidays_us import network_calendar
from disputes.links import dispute_of
from disputes.models import Case
from notes.models import NotesRequest

DECIDING = frozenset(
    {CaseState.OPEN, CaseState.ANSWERED, CaseState.ANSWER_LAPSED, CaseState.SECOND_LOOK, CaseState.APPEALED}
)


def clocks(actor: Actor, case: Case, now: dt.datetime) -> list[dict[str, Any]]:
    """What falls due when, and who owes it: what, owed_by, due_at, running, business_days_left, days, url.

    A provider is not shown the network's clock as theirs; they see the date it promised.
    """
    found = [_answer(case), *_requests(case), *_dispute(case), _decision(case), _appeal(case)]
    return [_counted(clock, case.provider.time_zone, now) for clock in found if clock is not None]


def _answer(case: Case) -> dict[str, Any] | None:
    if case.answer_due_at is None:
        return None
    running = case.status == CaseState.IN_CONVERSATION
    since = case.notice_delivered_at
    return _clock("Answer to our notice", "provider", case.answer_due_at, running, case.deadline, since)


def _requests(case: Case) -> list[dict[str, Any]]:
    if case.session_id is None:
        return []
    rows = NotesRequest.objects.filter(session_id=case.session_id, due_at__isnull=False).order_by("due_at")
    return [
        _clock("Documents", "provider", row.due_at, row.status == RequestState.OPEN, row.deadline, row.delivered_at)
        for row in rows
    ]


def _dispute(case: Case) -> list[dict[str, Any]]:
    dispute = dispute_of(case)
    if dispute is None or dispute.due_at is None:
        return []
    running = dispute.status == DisputeState.OPEN
    return [
        _clock("Answer to the dispute", "provider", dispute.due_at, running, dispute.deadline, dispute.delivered_at)
    ]


def _decision(case: Case) -> dict[str, Any] | None:
    if case.status not in DECIDING:
        return None
    return _clock("Our decision", "network", case.decide_by, True, most=settings.BUSINESS_DAYS_TO_DECIDE)


def _appeal(case: Case) -> dict[str, Any] | None:
    if case.status != CaseState.DECIDED or case.appeal_until is None:
        return None
    return _clock("Appeal", "provider", case.appeal_until, True, most=settings.BUSINESS_DAYS_TO_APPEAL)


def _clock(
    what: str,
    owed_by: str,
    due_at: dt.datetime | None,  # stored rows of a running clock always have one
    running: bool,
    deadline: Any = None,
    since: dt.datetime | None = None,
    most: int | None = None,
) -> dict[str, Any]:
    """``since``: when it started, a day that does not count. Where that is not kept, ``most`` is its whole length."""
    days = [] if deadline is None else [{**day, "date": dt.date.fromisoformat(day["date"])} for day in deadline["days"]]
    shown = {"what": what, "owed_by": owed_by, "due_at": due_at, "running": running, "days": days}
    return {**shown, "since": since, "most": most}


def _counted(clock: dict[str, Any], zone: str, now: dt.datetime) -> dict[str, Any]:
    since, most = clock.pop("since"), clock.pop("most")
    left = None
    if clock["running"]:
        left = business_days_left(now, clock["due_at"], zone, network_calendar(), since)
        left = left if most is None else min(left, most)
    return {**clock, "time_zone": zone, "business_days_left": left}
