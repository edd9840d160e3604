"""The answer clock of one provider: due moments by the calendar of where they practise, and when to remind people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from django.conf import settings

from clawguard.accounts.models import Provider
from clawguard.domain import calendar, stopped_clock
from clawguard.domain.calendar import Deadline, HolidayCalendar, Pause
from clawguard.domain.stopped_clock import StoppedClock
from notes import calendars
from notes.models import NotesRequest

# Told after a mail was handed over: the moment by then, at the door's own clock.
AcceptedAt = Callable[[], dt.datetime]

OPENS, CLOSES = dt.time(8), dt.time(18)  # working hours in the recipient's own zone
BEFORE_CLOSE = dt.timedelta(hours=2)


def delivered_at(now: dt.datetime, accepted_at: AcceptedAt | None) -> dt.datetime:
    """When a mail that was just handed over was delivered: a mail server may take its time, and past midnight that is
    another day. No clock starts before its mail was accepted; ``now`` is when the work on it began."""
    return max(now, accepted_at()) if accepted_at else now


def deadline_for(
    provider: Provider,
    delivered_at: dt.datetime,
    business_days: int | None = None,
    days_off: HolidayCalendar | None = None,
) -> Deadline:
    """When an answer by ``provider`` is due if it was delivered then. Raises DeadlineError (an unknown time zone).

    ``days_off`` spares whoever asks many times the look at the stored calendars.
    """
    found = days_off or calendars.of_provider(provider, delivered_at)
    return deadline_in(provider.time_zone, delivered_at, business_days, found)


def deadline_in(
    time_zone: str,
    delivered_at: dt.datetime,
    business_days: int | None = None,
    days_off: HolidayCalendar | None = None,
) -> Deadline:
    """As ``deadline_for``, by the network's calendar unless ``days_off`` is another."""
    days = settings.BUSINESS_DAYS_TO_ANSWER if business_days is None else business_days
    return calendar.deadline(delivered_at, time_zone, days, days_off or calendars.in_force())


def recounted(row: NotesRequest, pauses: Sequence[Pause], further: int = 0) -> Deadline:
    """The due moment anew, from delivery, business days (with ``further``) and every pause. Raises DeadlineError."""
    days = row.business_days + further
    days_off = calendars.started_with(row.calendar)
    return calendar.deadline(_delivered(row), row.time_zone, days, days_off, pauses=pauses)


def stopped(row: NotesRequest, pauses: Sequence[Pause], since: Pause) -> StoppedClock:
    """What was counted up to the pause ``since``, which lasts."""
    started = _delivered(row)
    days_off = calendars.started_with(row.calendar)
    return stopped_clock.stopped(started, row.time_zone, row.business_days, days_off, since=since, pauses=pauses)


def _delivered(row: NotesRequest) -> dt.datetime:
    if row.delivered_at is None:
        raise ValueError("a clock starts with delivery")
    return row.delivered_at


def review_day(row: NotesRequest, received_at: dt.datetime) -> dt.date:
    """The day by whose end the network has looked at an answer: its own days to decide, by its own calendar."""
    found = deadline_in(row.time_zone, received_at, settings.BUSINESS_DAYS_TO_DECIDE)
    return found.due_date


def days_left(row: NotesRequest, now: dt.datetime) -> int | None:
    """Business days left to answer a request, the running one included, by its own count; None while no clock runs."""
    if row.due_at is None or row.deadline is None or row.paused_at is not None:
        return None
    if row.is_over(now):
        return 0
    today = now.astimezone(ZoneInfo(row.time_zone)).date()
    return sum(day >= today for day in counted_days(row))


def counted_days(row: NotesRequest) -> list[dt.date]:
    """The business days of the stored count, in order."""
    days = (row.deadline or {}).get("days", [])
    return [dt.date.fromisoformat(day["date"]) for day in days if day["counted"]]


def reminder_moments(found: Deadline) -> list[dt.datetime]:
    """The ladder: one business day after delivery, the morning of the due day, two working hours before its close.

    In UTC, ascending. Source: the reminder steps of docs/policy/notes-requests.md.
    """
    counted = [day.date for day in found.days if day.counted]
    return _ladder(found.delivered_at, found.time_zone, counted, found.lapses_at)


def next_reminder(found: Deadline, after: dt.datetime) -> dt.datetime | None:
    """The first step of the ladder later than ``after``; ``None`` when there is none left."""
    return next((moment for moment in reminder_moments(found) if moment > after), None)


def next_reminder_of(row: NotesRequest, after: dt.datetime) -> dt.datetime | None:
    """``next_reminder`` by the stored count of a request; ``None`` while its clock does not run."""
    counted = counted_days(row)
    until = row.in_time_until
    if row.delivered_at is None or until is None or not counted:
        return None
    ladder = _ladder(row.delivered_at, row.time_zone, counted, until)
    return next((moment for moment in ladder if moment > after), None)


def _ladder(
    delivered_at: dt.datetime, time_zone: str, counted: Sequence[dt.date], lapses_at: dt.datetime
) -> list[dt.datetime]:
    zone, due = ZoneInfo(time_zone), counted[-1]
    same_time = max(OPENS, min(delivered_at.astimezone(zone).time(), _earlier(CLOSES)))
    ladder = {_at(counted[0], same_time, zone), _at(due, OPENS, zone), _at(due, _earlier(CLOSES), zone)}
    return sorted(moment for moment in ladder if delivered_at < moment < lapses_at)


def next_word_of_lapse(lapsed_at: dt.datetime, time_zone: str, after: dt.datetime) -> dt.datetime | None:
    """When to say next that an answer time is over: the working morning after it, and again a business day later."""
    first = working_moment(lapsed_at, time_zone)
    next_day = _local_day(first, time_zone) + dt.timedelta(days=1)
    second = working_moment(_at(next_day, OPENS, ZoneInfo(time_zone)), time_zone)
    return next((moment for moment in (first, second) if moment > after), None)


def _local_day(moment: dt.datetime, time_zone: str) -> dt.date:
    return moment.astimezone(ZoneInfo(time_zone)).date()


def working_moment(now: dt.datetime, time_zone: str) -> dt.datetime:
    """``now`` if it is in working hours of a business day in ``time_zone``, else when the next ones begin (UTC)."""
    zone, days_off = ZoneInfo(time_zone), calendars.in_force()
    local = now.astimezone(zone)
    if days_off.is_business_day(local.date()) and OPENS <= local.time() < CLOSES:
        return now
    day = local.date() if local.time() < OPENS else local.date() + dt.timedelta(days=1)
    while not days_off.is_business_day(day):
        day += dt.timedelta(days=1)
    return _at(day, OPENS, zone)


def _at(day: dt.date, time: dt.time, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day, time.replace(tzinfo=None), tzinfo=zone).astimezone(dt.UTC)


def _earlier(time: dt.time) -> dt.time:
    return (dt.datetime.combine(dt.date.min, time) - BEFORE_CLOSE).time()
