"""A clock that stands still: what was counted before, and no due date until it runs again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from clawguard.domain.calendar import ClockRules, CountedDay, HolidayCalendar, Pause, deadline, pause_dict


@dataclass(frozen=True, slots=True)
class StoppedClock:
    """``days`` runs from the day of delivery to the day on which the clock stopped, none left out."""

    delivered_at: dt.datetime
    time_zone: str
    business_days: int
    days: tuple[CountedDay, ...]
    calendar_name: str
    calendar_version: str
    pauses: tuple[Pause, ...]

    @property
    def business_days_left(self) -> int:
        """How many are still to be counted once the clock runs again."""
        return self.business_days - sum(day.counted for day in self.days)

    def as_dict(self) -> dict[str, object]:
        """The shape of a deadline without its end."""
        return {
            "delivered_at": self.delivered_at.isoformat(),
            "time_zone": self.time_zone,
            "business_days": self.business_days,
            "due_date": None,
            "last_instant": None,
            "lapses_at": None,
            "calendar": {"name": self.calendar_name, "version": self.calendar_version},
            "pauses": [pause_dict(pause) for pause in self.pauses],
            "days": [day.as_dict() for day in self.days],
        }


def stopped(
    delivered_at: dt.datetime,
    time_zone: str,
    business_days: int,
    calendar: HolidayCalendar,
    *,
    since: Pause,
    rules: ClockRules | None = None,
    pauses: Sequence[Pause] = (),
) -> StoppedClock:
    """The count up to the pause ``since``, which has no end yet; ``pauses`` are the earlier ones, each with its end.

    Raises DeadlineError as ``deadline`` does.
    """
    touched = replace(since, ended_at=since.started_at)
    found = deadline(delivered_at, time_zone, business_days, calendar, rules=rules, pauses=[*pauses, touched])
    last = since.started_at.astimezone(ZoneInfo(time_zone)).date()
    return StoppedClock(
        delivered_at=delivered_at,
        time_zone=time_zone,
        business_days=business_days,
        days=tuple(day for day in found.days if day.date <= last),
        calendar_name=found.calendar_name,
        calendar_version=found.calendar_version,
        pauses=(*pauses, since),
    )
