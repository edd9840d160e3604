"""Every clock of a case, by whose turn it is, with the count behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from clawguard.accounts.actors import Actor
from clawguard.domain.calendar import business_days_left
from clawguard.domain.lifecycles import CaseState, DisputeState, RequestState
from disputes.appeal_time import waits_for_reading
from disputes.links import dispute_of
from disputes.models import Case
from notes import calendars
from notes.models import NotesRequest

ANSWER = "Answer to our notice"
DECIDING = frozenset(
    {CaseState.OPEN, CaseState.ANSWERED, CaseState.ANSWER_LAPSED, CaseState.SECOND_LOOK, CaseState.APPEALED}
)


def clocks(actor: Actor, case: Case, now: dt.datetime) -> list[dict[str, Any]]:
    """What falls due when, and who owes it: what, owed_by, due_at, running, paused, mine, business_days_left, days.

    ``mine``: the reader's side owes it and sees it run; others see its date, for a countdown is of no use to somebody
    who can do nothing about it. A paused one has no due moment.
    """
    found = [_answer(case, now), *_requests(case, now), *_dispute(case, now), _decision(case), _appeal(case, now)]
    return [_counted(actor, clock, case, now) for clock in found if clock is not None]


def _answer(case: Case, now: dt.datetime) -> dict[str, Any] | None:
    due = case.answer_excused_until or case.answer_due_at
    if due is None:
        return None
    running = case.status == CaseState.IN_CONVERSATION or excused(case.status, case.answer_excused_until, now)
    return _clock(ANSWER, "provider", due, running, case.deadline)


def excused(status: str, until: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether a lapse leaves time to answer, because an outage of our pages was recorded after it."""
    return status in (CaseState.ANSWER_LAPSED, DisputeState.LAPSED) and until is not None and now < until


def _requests(case: Case, now: dt.datetime) -> list[dict[str, Any]]:
    if case.session_id is None:
        return []
    rows = NotesRequest.objects.filter(session_id=case.session_id, due_at__isnull=False).order_by("due_at")
    return [_request(row, now) for row in rows]


def _request(row: NotesRequest, now: dt.datetime) -> dict[str, Any]:
    waits = row.status in (RequestState.OPEN, RequestState.LAPSED)
    running = waits and row.paused_at is None and (row.status == RequestState.OPEN or not row.is_over(now))
    clock = _clock("Documents", "provider", row.in_time_until, running, row.deadline)
    return {**clock, "paused": waits and row.paused_at is not None}


def _dispute(case: Case, now: dt.datetime) -> list[dict[str, Any]]:
    dispute = dispute_of(case)
    if dispute is None or dispute.due_at is None:
        return []
    running = dispute.status == DisputeState.OPEN or excused(dispute.status, dispute.excused_until, now)
    due = dispute.excused_until or dispute.due_at
    return [_clock("Answer to the dispute", "provider", due, running, dispute.deadline)]


def _decision(case: Case) -> dict[str, Any] | None:
    if case.status not in DECIDING:
        return None
    return _clock("Our decision", "network", case.decide_by, True, most=settings.BUSINESS_DAYS_TO_DECIDE)


def _appeal(case: Case, now: dt.datetime) -> dict[str, Any] | None:
    if case.status != CaseState.DECIDED or case.appeal_until is None or waits_for_reading(case):
        return None
    until, most = case.appeal_until, settings.BUSINESS_DAYS_TO_APPEAL
    return _clock("Appeal", "provider", until, now < until, case.appeal_deadline, most)


def _clock(
    what: str,
    owed_by: str,
    due_at: dt.datetime | None,
    running: bool,
    deadline: Any = None,
    most: int | None = None,
) -> dict[str, Any]:
    """``deadline``: the stored count. Where none is kept, ``most`` is the clock's whole length."""
    shown = {"what": what, "owed_by": owed_by, "due_at": due_at, "running": running, "days": strip(deadline)}
    return {**shown, "paused": False, "most": most}


def _counted(actor: Actor, clock: dict[str, Any], case: Case, now: dt.datetime) -> dict[str, Any]:
    most, left, zone = clock.pop("most"), None, case.provider.time_zone
    if clock["running"] and clock["days"]:
        left = days_left(clock["days"], clock["due_at"], zone, now)
    elif clock["running"]:
        left = min(business_days_left(now, clock["due_at"], zone, calendars.in_force()), most)
    mine = (clock["owed_by"] == "provider") == actor.answers_for(case.provider_id)
    return {**clock, "mine": mine, "time_zone": zone, "business_days_left": left}


def strip(deadline: Any) -> list[dict[str, Any]]:
    """The days of a stored count, their dates as dates; none where no count is stored."""
    return [{**day, "date": dt.date.fromisoformat(day["date"])} for day in (deadline or {}).get("days", [])]


def days_left(days: Iterable[Mapping[str, Any]], due_at: dt.datetime, zone: str, now: dt.datetime) -> int:
    """Business days left by a stored count, the running one included; 0 once it is over."""
    if now >= due_at:
        return 0
    today = now.astimezone(ZoneInfo(zone)).date()
    return sum(day["counted"] and day["date"] >= today for day in days)
