"""The calendar that clocks start with, from the stored versions; the table as shipped where none was edited."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from typing import Any

from clawguard.accounts.actors import SYSTEM
from clawguard.domain.calendar import ClockRules, HolidayCalendar
from clawguard.domain.lifecycles import CalendarState
from clawguard.holidays_us import network_calendar
from notes.models.calendars import CalendarOrigin, CalendarVersion

YEARS_AHEAD = 2  # fewer loaded than this is warned of


def edited_in_force() -> CalendarVersion | None:
    """The version that people published last, if they ever did."""
    published = CalendarVersion.objects.filter(status=CalendarState.PUBLISHED, origin=CalendarOrigin.EDITED)
    return published.order_by("-decided_at", "-pk").first()


def in_force() -> HolidayCalendar:
    """What a clock that starts now is counted with. One statement."""
    edited = edited_in_force()
    shipped = network_calendar()
    return shipped if edited is None else dataclasses.replace(as_calendar(edited), rules=shipped.rules)


def version_to_start_with(now: dt.datetime) -> CalendarVersion:
    """``in_force`` as a stored row, for a clock to name. Stores the table as shipped when a clock first needs it."""
    edited, shipped = edited_in_force(), network_calendar()
    rules = dataclasses.asdict(shipped.rules)
    if edited is not None and edited.rules == rules:
        return edited
    content = content_of(shipped) if edited is None else {**stored_content(edited), "rules": rules}
    given = {
        **content,
        "status": CalendarState.PUBLISHED,
        "origin": CalendarOrigin.SHIPPED if edited is None else edited.origin,
        "label": shipped.version if edited is None else edited.label,
        "proposed_at": now if edited is None else edited.proposed_at,
        "proposed_by_name": SYSTEM.name,
        "decided_at": now if edited is None else edited.decided_at,
    }
    row, _ = CalendarVersion.objects.get_or_create(digest=digest_of(content), proposed_by_id=None, defaults=given)
    return row


def as_calendar(row: CalendarVersion) -> HolidayCalendar:
    return HolidayCalendar(
        name=row.name,
        version=row.label,
        holidays={dt.date.fromisoformat(day): name for day, name in row.holidays.items()},
        first_year=row.first_year,
        last_year=row.last_year,
        rules=ClockRules(**row.rules),
    )


def started_with(row: CalendarVersion | None) -> HolidayCalendar:
    """The calendar a clock is recounted with; clocks from before versions were stored have the one as shipped."""
    return network_calendar() if row is None else as_calendar(row)


def content_of(calendar: HolidayCalendar) -> dict[str, Any]:
    return {
        "name": calendar.name,
        "holidays": {day.isoformat(): calendar.holidays[day] for day in sorted(calendar.holidays)},
        "first_year": calendar.first_year,
        "last_year": calendar.last_year,
        "rules": dataclasses.asdict(calendar.rules),
    }


def stored_content(row: CalendarVersion) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("name", "holidays", "first_year", "last_year", "rules")}


def digest_of(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def warning(now: dt.datetime, found: HolidayCalendar | None = None) -> str:
    """Says when few years ahead are loaded: a count that leaves the calendar is refused, not guessed. Else empty."""
    last = (found or in_force()).last_year
    if last - now.year >= YEARS_AHEAD:
        return ""
    return f"The calendar ends with {last}: fewer than {YEARS_AHEAD} years ahead are loaded. Propose further years."
