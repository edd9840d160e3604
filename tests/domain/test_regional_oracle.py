"""Regional calendars against holidays written out by hand from the states' own laws, and their clocks with them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

import pytest

from clawguard.domain.calendar import deadline
from clawguard.holidays_us import federal_calendar, with_state_days
from tests.domain.test_calendar_properties import WORKDAYS, nth_weekday, oracle_due, oracle_end

BEFORE = dt.date(2019, 12, 31)
ZONES = {
    "MA": "America/New_York",
    "ME": "America/New_York",
    "AK": "America/Anchorage",
    "CT": "America/New_York",
    "HI": "Pacific/Honolulu",
    "UT": "America/Denver",
    "WY": "America/Denver",
}


def _moved(day: dt.date) -> dt.date:
    """Off a weekend: the Friday before a Saturday, the Monday after a Sunday."""
    return day + dt.timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))


def _last_monday(year: int, month: int) -> dt.date:
    return max(day for n in range(22, 32) if (day := dt.date(year, month, n)).weekday() == 0)


def _good_friday(year: int) -> dt.date:
    """The Friday before Easter, by Gauss's rule in Meeus's form."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return dt.date(year, month, day + 1) - dt.timedelta(days=2)


# What each keeps beside the federal days: Mass. Gen. Laws ch. 4 s. 7 (18th); 4 M.R.S. s. 1051; Alaska Stat. 44.12.010;
# Conn. Gen. Stat. s. 1-4 (Lincoln's Birthday, Good Friday); Haw. Rev. Stat. s. 8-1 (Kuhio, Kamehameha, Statehood Day,
# election days in even years; its Good Friday the package does not know, as docs/policy/clock.md says); Utah Code
# 63G-1-301 (Pioneer Day); Wyoming keeps none.
BY_HAND: dict[str, Callable[[int], set[dt.date]]] = {
    "MA": lambda year: {nth_weekday(year, 4, 0, 3)},
    "ME": lambda year: {nth_weekday(year, 4, 0, 3)},
    "AK": lambda year: {_last_monday(year, 3), _moved(dt.date(year, 10, 18))},
    "CT": lambda year: {_good_friday(year), _moved(dt.date(year, 2, 12))},
    "HI": lambda year: {
        _moved(dt.date(year, 3, 26)),
        _moved(dt.date(year, 6, 11)),
        nth_weekday(year, 8, 4, 3),
        *({nth_weekday(year, 11, 0, 1) + dt.timedelta(days=1)} if year % 2 == 0 else set()),
    },
    "UT": lambda year: {_moved(dt.date(year, 7, 24))},
    "WY": lambda year: set(),
}
STATES = sorted(BY_HAND)


def workdays(state: str) -> list[dt.date]:
    off = {day for year in range(2020, 2039) for day in BY_HAND[state](year)}
    return [day for day in WORKDAYS if day not in off]


@pytest.mark.parametrize("state", STATES)
def test_the_days_of_a_state_are_those_of_its_law(state: str) -> None:
    found = with_state_days(federal_calendar(), state, BEFORE).holidays
    by_hand = {day for year in range(2020, 2038) for day in BY_HAND[state](year)}
    federal = federal_calendar().holidays
    own = {day for day in found if day not in federal and 2020 <= day.year < 2038}
    assert own == {day for day in by_hand if day not in federal}


@pytest.mark.parametrize("state", STATES)
def test_clocks_of_a_region_agree(state: str) -> None:
    compare(state, random.Random(20261118), 150)


@pytest.mark.soak
@pytest.mark.parametrize("state", STATES)
def test_ten_thousand_clocks_of_a_region_agree(state: str) -> None:
    compare(state, random.Random(20261119), 10_000)


def compare(state: str, chance: random.Random, count: int) -> None:
    calendar, days_at_work = with_state_days(federal_calendar(), state, BEFORE), workdays(state)
    first, span = dt.datetime(2020, 1, 3, tzinfo=dt.UTC), int(dt.timedelta(days=365 * 15).total_seconds())
    for _ in range(count):
        delivered, days = first + dt.timedelta(seconds=chance.randrange(span)), chance.randint(1, 10)
        found = deadline(delivered, ZONES[state], days, calendar)
        assert found.due_date == oracle_due(delivered, ZONES[state], days, days_at_work), (delivered, days)
        assert found.lapses_at == oracle_end(found.due_date, ZONES[state])


def test_no_day_that_is_over_is_added() -> None:
    today = dt.date(2026, 4, 20)  # Patriots' Day itself
    found = with_state_days(federal_calendar(), "MA", today).holidays
    assert today not in found
    assert dt.date(2027, 4, 19) in found
