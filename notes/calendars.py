"""The calendars that clocks start with, from the stored versions; the table as shipped where none was edited.

A region (a US state) may have a calendar of its own. A provider's clocks count by the calendar of the state they are
stated to practise in, where one is in force, else by the network's.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from clawguard.accounts.actors import SYSTEM
from clawguard.accounts.models import Provider
from clawguard.domain.calendar import ClockRules, HolidayCalendar
from clawguard.domain.lifecycles import CalendarState
from clawguard.holidays_us import network_calendar
from notes.models.calendars import CalendarOrigin, CalendarVersion
from sessions.practising import states_of

YEARS_AHEAD = 2  # fewer loaded than this is warned of
NETWORK = ""  # the region of the network's own calendar


def edited_in_force(regions: Collection[str] = ()) -> dict[str, CalendarVersion]:
    """The version that people published last, for the network and for each of ``regions`` that has one."""
    published = CalendarVersion.objects.filter(status=CalendarState.PUBLISHED, origin=CalendarOrigin.EDITED)
    newest = published.filter(region__in={NETWORK, *regions}).order_by("region", "-decided_at", "-pk")
    return {row.region: row for row in newest.distinct("region") if row.active}


def in_force(region: str = NETWORK) -> HolidayCalendar:
    """What a clock that starts now is counted with. One statement."""
    return in_force_by_region([region])[region]


def in_force_by_region(regions: Collection[str]) -> dict[str, HolidayCalendar]:
    """``in_force`` of each region asked for; the network's where a region has none of its own. One statement."""
    edited = edited_in_force(regions)
    return {region: _with_settings(edited.get(region) or edited.get(NETWORK)) for region in regions}


def _with_settings(edited: CalendarVersion | None) -> HolidayCalendar:
    shipped = network_calendar()
    return shipped if edited is None else dataclasses.replace(as_calendar(edited), rules=shipped.rules)


def of_provider(provider: Provider, at: dt.datetime) -> HolidayCalendar:
    """What a clock of this provider that starts ``at`` is counted with."""
    return of_providers([provider], at)[provider.pk]


def of_providers(providers: Collection[Provider], at: dt.datetime) -> Mapping[UUID, HolidayCalendar]:
    """``of_provider`` for many, in two statements."""
    regions = states_of(providers, at)
    known = in_force_by_region({NETWORK, *regions.values()})
    return {provider.pk: known[regions.get(provider.pk, NETWORK)] for provider in providers}


def version_for(provider: Provider, at: dt.datetime) -> CalendarVersion:
    """``of_provider`` as a stored row, for a clock to name."""
    return version_to_start_with(at, states_of([provider], at).get(provider.pk, NETWORK))


def version_to_start_with(now: dt.datetime, region: str = NETWORK) -> CalendarVersion:
    """``in_force`` as a stored row. Stores the table as shipped when a clock first needs it."""
    known, shipped = edited_in_force([region]), network_calendar()
    edited, rules = known.get(region) or known.get(NETWORK), dataclasses.asdict(shipped.rules)
    if edited is not None and edited.rules == rules:
        return edited
    content = content_of(shipped) if edited is None else {**stored_content(edited), "rules": rules}
    given = {
        **content,
        "status": CalendarState.PUBLISHED,
        "region": NETWORK if edited is None else edited.region,
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


def regions_in_force() -> list[str]:
    """The regions that have a calendar of their own in force, in order."""
    published = CalendarVersion.objects.filter(status=CalendarState.PUBLISHED, origin=CalendarOrigin.EDITED)
    named = set(published.exclude(region=NETWORK).values_list("region", flat=True))
    return sorted(region for region in edited_in_force(named) if region != NETWORK)


def warning(now: dt.datetime, found: HolidayCalendar | None = None) -> str:
    """Says when few years ahead are loaded: a count that leaves the calendar is refused, not guessed. Else empty.

    Without ``found``, of every calendar in force.
    """
    looked_at = [found] if found else in_force_by_region([NETWORK, *regions_in_force()]).values()
    short = [each for each in looked_at if each.last_year - now.year < YEARS_AHEAD]
    if not short:
        return ""
    ends = "; ".join(f"The calendar “{each.name}” ends with {each.last_year}" for each in short)
    return f"{ends}: fewer than {YEARS_AHEAD} years ahead are loaded. Propose further years."
