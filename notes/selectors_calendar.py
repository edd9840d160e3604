"""The calendar as people look at it: the version in force, what is proposed, what was published before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import QuerySet

from clawguard.accounts.actors import Actor
from clawguard.domain.calendar import HolidayCalendar
from clawguard.domain.lifecycles import CalendarState
from clawguard.domain.regions import REGIONS
from clawguard.holidays_us import each_year, with_state_days
from notes import calendars, policies
from notes.models import CalendarVersion


class Change(NamedTuple):
    first: dt.date
    name: str
    days: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed version and what it would change."""

    row: CalendarVersion
    added: list[Change]
    worked: list[Change]
    further_years: str  # "2046 to 2048", or empty
    own: bool
    region: str  # in words; empty for the network


def calendar_in_force(actor: Actor, region: str = calendars.NETWORK) -> HolidayCalendar:
    """Raises NotAllowed."""
    policies.require_calendar_reader(actor)
    return calendars.in_force(region)


def proposals(actor: Actor) -> list[Proposal]:
    """What waits for a second person, each beside the calendar it would take the place of."""
    policies.require_calendar_reader(actor)
    rows = list(CalendarVersion.objects.filter(status=CalendarState.PROPOSED))
    before = calendars.in_force_by_region({row.region for row in rows})
    return [_proposal(actor, row, before[row.region]) for row in rows]


def _proposal(actor: Actor, row: CalendarVersion, before: HolidayCalendar) -> Proposal:
    after = calendars.as_calendar(row).holidays
    within = {day: name for day, name in after.items() if day.year <= before.last_year}
    first, last = before.last_year + 1, row.last_year
    years = "" if last < first else str(last) if first == last else f"{first} to {last}"
    added, worked = _beyond(within, before.holidays), _beyond(before.holidays, after)
    return Proposal(
        row, _told(added), _told(worked), years, actor.id == row.proposed_by_id, REGIONS.get(row.region, "")
    )


def _told(days: Sequence[tuple[dt.date, str]]) -> list[Change]:
    """One line for each name, with its first day and how many there are: a state's holidays come back each year."""
    first: dict[str, Change] = {}
    for day, name in ((day, each_year(name)) for day, name in days):
        known = first.get(name)
        first[name] = Change(day, name, 1) if known is None else known._replace(days=known.days + 1)
    return list(first.values())


def state_holidays(actor: Actor, region: str, today: dt.date) -> list[Change]:
    """What the first calendar of a region would add to the network's, from tomorrow on."""
    policies.require_calendar_reader(actor)
    network = calendars.in_force()
    return _told(_beyond(with_state_days(network, region, today).holidays, network.holidays))


def _beyond(these: Mapping[dt.date, str], those: Mapping[dt.date, str]) -> list[tuple[dt.date, str]]:
    return sorted((day, name) for day, name in these.items() if those.get(day) != name)


def regions_in_force(actor: Actor) -> list[tuple[str, str]]:
    """The regions that have a calendar of their own, with their names."""
    policies.require_calendar_reader(actor)
    return [(region, REGIONS[region]) for region in calendars.regions_in_force()]


def decided_versions(actor: Actor) -> QuerySet[CalendarVersion]:
    """What people published or left, the newest first."""
    policies.require_calendar_reader(actor)
    done = CalendarVersion.objects.filter(proposed_by_id__isnull=False).exclude(status=CalendarState.PROPOSED)
    return done.order_by("-decided_at", "-pk")
