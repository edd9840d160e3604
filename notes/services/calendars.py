"""Editing a calendar, the network's or a region's: one person proposes, a second publishes.

Clocks that run keep the version they started with.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from clawguard.accounts.actors import Actor
from clawguard.domain.calendar import HolidayCalendar
from clawguard.domain.lifecycles import CalendarState
from clawguard.domain.regions import REGIONS
from clawguard.events.errors import NotFound, Refused
from clawguard.events.services import WrongState, move, publish
from clawguard.events.words import stated
from clawguard.holidays_us import each_year, federal_calendar, state_days, with_state_days
from notes import calendars, policies
from notes.models import CalendarOrigin, CalendarVersion

NAME = "Business days of the network"
NAME_OF_REGION = "Business days in {}"
FURTHEST = 30  # years ahead
LONGEST_NAME = 80


@transaction.atomic
def propose_calendar(
    actor: Actor,
    add: Mapping[dt.date, str],
    work: Sequence[dt.date],
    last_year: int | None,
    why: str,
    now: dt.datetime,
    *,
    region: str = calendars.NETWORK,
    work_always: Sequence[str] = (),
) -> CalendarVersion:
    """Propose days off to ``add`` with their names, days off that are to be worked, and the last year to load.

    ``work_always`` names holidays that are worked from now on, in every year. The first calendar of a ``region`` is the
    network's with the state's own holidays ahead. Further years come with their federal holidays, and a region's with
    the state's. A day that is over cannot be changed. Raises NotAllowed, Refused.
    """
    policies.require_lead(actor)
    _require_region(region)
    before = calendars.in_force(region)
    reason = stated(why, "/why")
    _require_ahead([*add, *work], now)
    start = before if is_own(region) else with_state_days(before, region, _today(now))
    always = [day for day in start.holidays if day > _today(now) and each_year(start.holidays[day]) in work_always]
    _require_known(work_always, start)
    after = _changed(start, add, [*work, *always], last_year or before.last_year, now, region)
    content = calendars.content_of(after) | {"name": name_of(region)}
    same = content["holidays"] == calendars.content_of(before)["holidays"] and after.last_year == before.last_year
    if same and is_own(region):
        raise Refused("nothing_changes", "This is the calendar as it is. Add a day, work one, or load a year.", "/add")
    return _proposal(actor, content, before, region, reason, now)


@transaction.atomic
def propose_end(actor: Actor, region: str, why: str, now: dt.datetime) -> CalendarVersion:
    """Propose that clocks of ``region`` count by the network's calendar again. Raises NotAllowed, Refused."""
    policies.require_lead(actor)
    reason = stated(why, "/why")
    if region not in calendars.regions_in_force():
        raise Refused("no_calendar", "This region has no calendar of its own that could end.", "/region")
    network = calendars.content_of(calendars.in_force()) | {"name": name_of(region)}
    return _proposal(actor, network, calendars.in_force(region), region, reason, now, active=False)


def name_of(region: str) -> str:
    return NAME_OF_REGION.format(REGIONS[region]) if region else NAME


def is_own(region: str) -> bool:
    """Whether what is in force for a region is its own; the network's always is."""
    return not region or region in calendars.regions_in_force()


def _require_region(region: str) -> None:
    if region and region not in REGIONS:
        raise Refused("region", "Choose one of the states and territories.", "/region")


def _require_known(names: Sequence[str], start: HolidayCalendar) -> None:
    known = {each_year(name) for name in start.holidays.values()}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise Refused("no_day_off", f"“{unknown[0][:80]}” is no day off in this calendar.", "/work")


def _proposal(
    actor: Actor,
    content: dict[str, Any],
    before: HolidayCalendar,
    region: str,
    reason: str,
    now: dt.datetime,
    *,
    active: bool = True,
) -> CalendarVersion:
    row = CalendarVersion.objects.create(
        **content,
        region=region,
        active=active,
        status=CalendarState.PROPOSED,
        origin=CalendarOrigin.EDITED,
        label=f"proposed {now:%Y-%m-%d}",
        digest=calendars.digest_of(content),
        replaces=calendars.digest_of(calendars.content_of(before)),
        why=reason,
        proposed_at=now,
        proposed_by_id=actor.person(),
        proposed_by_name=actor.name,
    )
    publish(
        "calendar.proposed", row, actor, now, {"last_year": row.last_year, **({"region": region} if region else {})}
    )
    return row


def _today(now: dt.datetime) -> dt.date:
    return now.astimezone(ZoneInfo(settings.STAFF_TIME_ZONE)).date()


def _require_ahead(days: Sequence[dt.date], now: dt.datetime) -> None:
    today = _today(now)
    past = [day for day in days if day <= today]
    if past:
        raise Refused("day_over", f"{min(past)} is not ahead: clocks have counted it already.", "/add")


def _changed(
    before: HolidayCalendar,
    add: Mapping[dt.date, str],
    work: Sequence[dt.date],
    last_year: int,
    now: dt.datetime,
    region: str,
) -> HolidayCalendar:
    if not before.last_year <= last_year <= now.year + FURTHEST:
        most = now.year + FURTHEST
        raise Refused("last_year", f"Load years from {before.last_year} to {most}.", "/last_year")
    days = dict(before.holidays)
    if last_year > before.last_year:
        further = federal_calendar(before.last_year + 1, last_year)
        days |= further.holidays
        days |= state_days(region, before.last_year + 1, last_year) if region else {}
    missing = [day for day in work if day not in days]
    if missing:
        raise Refused("no_day_off", f"{min(missing)} is no day off in this calendar.", "/work")
    for day, name in add.items():
        if not (before.first_year <= day.year <= last_year and 0 < len(name) <= LONGEST_NAME):
            raise Refused("day", f"{day}: give a day within the years that are loaded, and a short name.", "/add")
    kept = {day: name for day, name in days.items() if day not in work} | dict(add)
    return replace(before, holidays=kept, last_year=last_year)


@transaction.atomic
def publish_calendar(actor: Actor, version_id: int, now: dt.datetime) -> CalendarVersion:
    """A second person puts a proposal in force, for clocks that start from now on.

    Raises NotAllowed, NotFound, WrongState, and Refused for the proposer and when another version came in between.
    """
    policies.require_publisher(actor)
    row = _proposed(version_id, CalendarState.PUBLISHED)
    if actor.person() == row.proposed_by_id:
        raise Refused("own_proposal", "You proposed this version. Somebody else publishes it.")
    if row.replaces != calendars.digest_of(calendars.content_of(calendars.in_force(row.region))):
        raise Refused("outdated", "Another version was published since this was proposed. Discard it and propose anew.")
    _decide(row, CalendarState.PUBLISHED, actor, now, label=f"version {row.pk} of {now:%Y-%m-%d}")
    return row


@transaction.atomic
def discard_calendar(actor: Actor, version_id: int, now: dt.datetime) -> CalendarVersion:
    """Leave a proposal; its proposer may. Raises NotAllowed, NotFound, WrongState."""
    policies.require_publisher(actor)
    row = _proposed(version_id, CalendarState.DISCARDED)
    _decide(row, CalendarState.DISCARDED, actor, now)
    return row


def _proposed(version_id: int, to: CalendarState) -> CalendarVersion:
    # One lock for all, so that two proposals for the same calendar cannot both be published.
    rows = {row.pk: row for row in CalendarVersion.objects.select_for_update().order_by("pk")}
    row = rows.get(version_id)
    if row is None or row.proposed_by_id is None:
        raise NotFound
    if row.status != CalendarState.PROPOSED:
        raise WrongState(row, to)
    return row


def _decide(row: CalendarVersion, to: CalendarState, actor: Actor, now: dt.datetime, **fields: Any) -> None:
    fields |= {"decided_at": now, "decided_by_id": actor.person(), "decided_by_name": actor.name}
    move(row, to, actor, now, **fields)
