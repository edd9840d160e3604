"""Business days: when an answer is due, and the day-by-day count that anybody can check by hand.

Counting happens on calendar dates in the provider's own time zone; only the end result is an instant. The day of
delivery does not count, days off are skipped, and the answer time ends with the last counted day. Nothing here reads
a clock: ``now`` and the delivery moment are given. The sources are the network's policy and docs/policy/clock.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from clawguard.domain.clock_problems import (
    DeadlineError,
    Problem,
    count_problem,
    naive_problem,
    require_aware,
    require_zone,
    zone_problem,
)
from clawguard.domain.holiday_calendar import WEEKDAYS, ClockRules, DayKind, HolidayCalendar

__all__ = [
    "DEFAULT_BUSINESS_DAYS",
    "ClockRules",
    "CountedDay",
    "DayKind",
    "Deadline",
    "DeadlineError",
    "HolidayCalendar",
    "Pause",
    "Problem",
    "business_days_left",
    "deadline",
    "end_of_day",
    "extend",
    "pause_dict",
]

DEFAULT_BUSINESS_DAYS = 3
_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which the clock stood still. A business day touched by it, however briefly, does not count."""

    started_at: dt.datetime
    ended_at: dt.datetime | None  # None: still paused, and so without a due date
    reason: str


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One line of the explanation. ``number`` is the running number of a counted day, else None."""

    date: dt.date
    counted: bool
    number: int | None
    reason: str
    kind: DayKind

    def as_dict(self) -> dict[str, object]:
        return {
            "date": self.date.isoformat(),
            "weekday": WEEKDAYS[self.date.weekday()],
            "counted": self.counted,
            "number": self.number,
            "kind": self.kind.value,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Deadline:
    """A computed answer time. An answer is in time while ``now < lapses_at`` (UTC, exclusive)."""

    delivered_at: dt.datetime
    time_zone: str
    business_days: int
    due_date: dt.date  # in ``time_zone``
    lapses_at: dt.datetime  # UTC: the first instant after the due date is over in ``time_zone``
    days: tuple[CountedDay, ...]  # from the day of delivery to the due date, none left out
    calendar_name: str
    calendar_version: str
    rules: ClockRules = field(default_factory=ClockRules)
    pauses: tuple[Pause, ...] = ()

    @property
    def last_instant(self) -> dt.datetime:
        """The last microsecond of the due date, in the provider's zone."""
        return (self.lapses_at - dt.timedelta(microseconds=1)).astimezone(ZoneInfo(self.time_zone))

    @property
    def lapses_at_local(self) -> dt.datetime:
        return self.lapses_at.astimezone(ZoneInfo(self.time_zone))

    def is_lapsed(self, now: dt.datetime) -> bool:
        return require_aware(now, "now") >= self.lapses_at

    def business_days_left(self, now: dt.datetime) -> int:
        """Counted days that are not over at ``now``, the running one included; 0 once lapsed."""
        if self.is_lapsed(now):
            return 0
        today = now.astimezone(ZoneInfo(self.time_zone)).date()
        return sum(day.counted and day.date >= today for day in self.days)

    def as_dict(self) -> dict[str, object]:
        """The public shape of a deadline, the same in the API, on the page, in mail and on the command line."""
        return {
            "delivered_at": self.delivered_at.isoformat(),
            "time_zone": self.time_zone,
            "business_days": self.business_days,
            "due_date": self.due_date.isoformat(),
            "last_instant": self.last_instant.isoformat(),
            "lapses_at": {
                "utc": self.lapses_at.isoformat().replace("+00:00", "Z"),
                "local": self.lapses_at_local.isoformat(),
            },
            "calendar": {"name": self.calendar_name, "version": self.calendar_version},
            "pauses": [pause_dict(pause) for pause in self.pauses],
            "days": [day.as_dict() for day in self.days],
        }


def pause_dict(pause: Pause) -> dict[str, object]:
    """The public shape of a pause; ``to`` is None while it lasts."""
    ended = pause.ended_at.isoformat() if pause.ended_at else None
    return {"from": pause.started_at.isoformat(), "to": ended, "reason": pause.reason}


def deadline(
    delivered_at: dt.datetime,
    time_zone: str,
    business_days: int,
    calendar: HolidayCalendar,
    *,
    rules: ClockRules | None = None,
    pauses: Sequence[Pause] = (),
) -> Deadline:
    """The end of the ``business_days``-th business day after delivery, in ``time_zone`` (an IANA name).

    Raises DeadlineError naming every bad argument: a naive moment, an unknown zone, a number of days outside 1 to 60,
    a pause that is open or runs backwards, or a count that leaves the years of the calendar.
    """
    _validate(delivered_at, time_zone, business_days, calendar, pauses)
    zone = ZoneInfo(time_zone)
    rules = rules or calendar.rules
    first = delivered_at.astimezone(zone).date()
    paused = _local_spans(pauses, zone)
    days = tuple(_count(first, business_days, calendar, rules, paused))
    due = days[-1].date
    return Deadline(
        delivered_at=delivered_at,
        time_zone=time_zone,
        business_days=business_days,
        due_date=due,
        lapses_at=end_of_day(due, zone),
        days=days,
        calendar_name=calendar.name,
        calendar_version=calendar.version,
        rules=rules,
        pauses=tuple(pauses),
    )


def extend(before: Deadline, further_business_days: int, calendar: HolidayCalendar) -> Deadline:
    """The same clock with more business days, pauses kept. Raises DeadlineError as ``deadline`` does."""
    problem = count_problem(further_business_days, "further_business_days")
    if problem:
        raise DeadlineError([problem])
    total = before.business_days + further_business_days
    zone, rules = before.time_zone, before.rules
    return deadline(before.delivered_at, zone, total, calendar, rules=rules, pauses=before.pauses)


def business_days_left(
    now: dt.datetime,
    lapses_at: dt.datetime,
    time_zone: str,
    calendar: HolidayCalendar,
    delivered_at: dt.datetime | None = None,
) -> int:
    """Business days from today to the due date, both included, for a stored due moment; 0 once lapsed.

    The day of delivery does not count: with ``delivered_at`` a clock that started today shows its full length.
    """
    if require_aware(now, "now") >= require_aware(lapses_at, "lapses_at"):
        return 0
    zone = require_zone(time_zone)
    day = now.astimezone(zone).date()
    if delivered_at is not None:
        day = max(day, delivered_at.astimezone(zone).date() + _ONE_DAY)
    last = (lapses_at - dt.timedelta(microseconds=1)).astimezone(zone).date()
    return sum(calendar.is_business_day(day + _ONE_DAY * offset) for offset in range((last - day).days + 1))


def end_of_day(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    """The first instant, in UTC, from which ``day`` is over for good in ``zone``.

    Usually the next local midnight. Where a clock change skips that midnight the day ends with the change; where it
    repeats it, the first midnight ends the day unless the change sets the clock back into ``day`` again.
    """
    midnight = dt.datetime.combine(day + _ONE_DAY, dt.time(), tzinfo=zone)
    first = midnight.astimezone(dt.UTC)
    second = midnight.replace(fold=1).astimezone(dt.UTC)
    if second <= first:  # an ordinary or a skipped midnight
        return first
    just_before_second = (second - dt.timedelta(microseconds=1)).astimezone(zone)
    return second if just_before_second.date() == day else first


def _validate(
    delivered_at: dt.datetime, time_zone: str, business_days: int, calendar: HolidayCalendar, pauses: Sequence[Pause]
) -> None:
    found = [naive_problem(delivered_at, "delivered_at"), zone_problem(time_zone), count_problem(business_days)]
    found += [_pause_problem(pause) for pause in pauses]
    problems = [problem for problem in found if problem]
    if problems:
        raise DeadlineError(problems)
    # Before any conversion: near the ends of datetime's range a change of zone would overflow.
    calendar.require(delivered_at.date())


def _pause_problem(pause: Pause) -> Problem | None:
    naive = naive_problem(pause.started_at, "pauses")
    if naive or pause.ended_at is None:
        return naive or Problem("pauses", "pause_open", "The clock is paused; the due date is set when it runs again.")
    naive = naive_problem(pause.ended_at, "pauses")
    if naive or pause.ended_at >= pause.started_at:
        return naive
    return Problem("pauses", "pause_backwards", "A pause cannot end before it starts.")


def _count(
    first: dt.date,
    business_days: int,
    calendar: HolidayCalendar,
    rules: ClockRules,
    paused: Sequence[tuple[dt.date, dt.date, str]],
) -> Iterator[CountedDay]:
    number = 0
    day = first
    waiting = (  # for the business day that stands in for a delivery on a day off
        rules.off_day_delivery_moves_to_next_business_day
        and not rules.delivery_day_counts
        and not calendar.is_business_day(first)
    )
    while number < business_days:
        off = _off(day, calendar, paused)
        if day == first and (off or not rules.delivery_day_counts):
            note = f" ({off[1]})" if off else ""
            yield CountedDay(
                day, False, None, f"Delivered{note}; the day of delivery does not count", DayKind.DELIVERED
            )
        elif off:
            yield CountedDay(day, False, None, off[1], off[0])
        elif waiting:
            waiting = False
            yield CountedDay(day, False, None, "Taken as the day of delivery; it does not count", DayKind.DELIVERED)
        else:
            number += 1
            yield _counted(day, number, business_days)
        day += _ONE_DAY


def _counted(day: dt.date, number: int, of: int) -> CountedDay:
    if number == of:
        return CountedDay(day, True, number, f"Business day {number} of {of}: due by the end of this day", DayKind.DUE)
    return CountedDay(day, True, number, f"Business day {number} of {of}", DayKind.COUNTED)


def _off(
    day: dt.date, calendar: HolidayCalendar, paused: Sequence[tuple[dt.date, dt.date, str]]
) -> tuple[DayKind, str] | None:
    off = calendar.day_off(day)
    if off:
        return off
    return next(((DayKind.PAUSED, f"Clock paused: {why}") for start, end, why in paused if start <= day <= end), None)


def _local_spans(pauses: Sequence[Pause], zone: ZoneInfo) -> list[tuple[dt.date, dt.date, str]]:
    """First and last local date of each pause; the end is exclusive, so a pause up to midnight spares the next day."""
    spans = []
    for pause in pauses:
        if pause.ended_at is not None:  # open ones are refused before this
            last = max(pause.started_at, pause.ended_at - dt.timedelta(microseconds=1))
            spans.append((pause.started_at.astimezone(zone).date(), last.astimezone(zone).date(), pause.reason))
    return spans
