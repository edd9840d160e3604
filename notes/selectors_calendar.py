"""The calendar as people look at it: the version in force, what is proposed, what was published before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from clawguard.accounts.actors import Actor
from clawguard.domain.calendar import HolidayCalendar
from clawguard.domain.lifecycles import CalendarState
from notes import calendars, policies
from notes.models import CalendarVersion


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed version and what it would change."""

    row: CalendarVersion
    added: list[tuple[dt.date, str]]
    worked: list[tuple[dt.date, str]]
    further_years: str  # "2046 to 2048", or empty
    own: bool


def calendar_in_force(actor: Actor) -> HolidayCalendar:
    """Raises NotAllowed."""
    policies.require_calendar_reader(actor)
    return calendars.in_force()


def proposals(actor: Actor, before: HolidayCalendar) -> list[Proposal]:
    policies.require_calendar_reader(actor)
    rows = CalendarVersion.objects.filter(status=CalendarState.PROPOSED)
    return [_proposal(actor, row, before) for row in rows]


def _proposal(actor: Actor, row: CalendarVersion, before: HolidayCalendar) -> Proposal:
    after = calendars.as_calendar(row).holidays
    within = {day: name for day, name in after.items() if day.year <= before.last_year}
    first, last = before.last_year + 1, row.last_year
    years = "" if last < first else str(last) if first == last else f"{first} to {last}"
    added, worked = _beyond(within, before.holidays), _beyond(before.holidays, after)
    return Proposal(row, added, worked, years, actor.id == row.proposed_by_id)


def _beyond(these: Mapping[dt.date, str], those: Mapping[dt.date, str]) -> list[tuple[dt.date, str]]:
    return sorted((day, name) for day, name in these.items() if those.get(day) != name)


def decided_versions(actor: Actor) -> QuerySet[CalendarVersion]:
    """What people published or left, the newest first."""
    policies.require_calendar_reader(actor)
    done = CalendarVersion.objects.filter(proposed_by_id__isnull=False).exclude(status=CalendarState.PROPOSED)
    return done.order_by("-decided_at", "-pk")
