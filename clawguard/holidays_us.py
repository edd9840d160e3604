"""US federal holidays, in-lieu days included, from the ``holidays`` package into the pure calendar.

``network_calendar`` is the one that clocks count by: the federal days with what the network's settings change.
``state_days`` are what a state keeps beside them, for a calendar of a region.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import holidays
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from clawguard.domain.calendar import ClockRules, HolidayCalendar

FIRST_YEAR = 2015
LAST_YEAR = 2045


@cache
def federal_calendar(first_year: int = FIRST_YEAR, last_year: int = LAST_YEAR) -> HolidayCalendar:
    """The federal calendar for the years given, both included. State holidays are not days off in it.

    The year after the last is loaded too: a New Year's Day on a Saturday is kept on the 31st of December before it.
    """
    table = holidays.country_holidays("US", years=range(first_year, last_year + 2), observed=True)
    within = {day: name for day, name in sorted(table.items()) if first_year <= day.year <= last_year}
    return HolidayCalendar(
        name="US federal holidays",
        version=f"holidays {holidays.__version__}",
        holidays=within,
        first_year=first_year,
        last_year=last_year,
    )


@cache
def state_days(region: str, first_year: int = FIRST_YEAR, last_year: int = LAST_YEAR) -> dict[dt.date, str]:
    """Weekdays that a state or territory (two letters) keeps beside the federal ones, in-lieu days included.

    A state's own name for a federal day adds nothing, and a federal day that a state does not keep stays a day off. The
    package lists days of remembrance among them: two people look at what a region is given.
    """
    table = holidays.country_holidays("US", subdiv=region, years=range(first_year, last_year + 2), observed=True)
    federal = federal_calendar(first_year, last_year).holidays
    return {
        day: name
        for day, name in sorted(table.items())
        if first_year <= day.year <= last_year and day not in federal and day.weekday() < 5
    }


def with_state_days(network: HolidayCalendar, region: str, today: dt.date) -> HolidayCalendar:
    """The network's calendar with what the state keeps beside it from tomorrow on: what is over was counted already."""
    own = state_days(region, network.first_year, network.last_year)
    ahead = {day: name for day, name in own.items() if day > today}
    return replace(network, holidays=ahead | dict(network.holidays))


def each_year(name: str) -> str:
    """A holiday's name without the mark of its in-lieu day."""
    return name.removesuffix(" (observed)")


def network_calendar() -> HolidayCalendar:
    """The business days of this network, by settings; see docs/policy/clock.md. Raises ImproperlyConfigured."""
    rules = ClockRules(
        delivery_day_counts=settings.CLOCK_DELIVERY_DAY_COUNTS,
        off_day_delivery_moves_to_next_business_day=settings.CLOCK_OFF_DAY_DELIVERY_MOVES,
    )
    return _adjusted(tuple(settings.CLOCK_EXTRA_DAYS_OFF), tuple(settings.CLOCK_WORKED_HOLIDAYS), rules)


@cache
def _adjusted(extra: tuple[str, ...], worked: tuple[str, ...], rules: ClockRules) -> HolidayCalendar:
    base = federal_calendar()
    _require_known(worked, base)
    days = {day: name for day, name in base.holidays.items() if each_year(name) not in worked}
    days |= dict(_extra_day(item) for item in extra)
    changed = " with the network's own changes" if extra or worked else ""
    return replace(base, name=base.name + changed, holidays=days, rules=rules)


def _extra_day(item: str) -> tuple[dt.date, str]:
    day, _, name = item.partition("=")
    try:
        return dt.date.fromisoformat(day.strip()), name.strip() or "Day off"
    except ValueError:
        message = f"CLOCK_EXTRA_DAYS_OFF has days such as 2026-11-27=Day after Thanksgiving, not {item!r}"
        raise ImproperlyConfigured(message) from None


def _require_known(worked: Sequence[str], base: HolidayCalendar) -> None:
    unknown = [name for name in worked if name not in base.holidays.values()]
    if unknown:
        raise ImproperlyConfigured(f"CLOCK_WORKED_HOLIDAYS names no federal holiday: {', '.join(unknown)}")
