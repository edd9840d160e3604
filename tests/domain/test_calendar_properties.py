"""The clock against a second implementation that was written from the policy alone and shares no code with it."""

from __future__ import annotations

import bisect
import datetime as dt
import functools
import random
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clawguard.domain.calendar import Pause, deadline, end_of_day, extend
from clawguard.holidays_us import federal_calendar

CALENDAR = federal_calendar()
US_ZONES = [
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "America/Adak",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
    "Pacific/Guam",
    "Pacific/Pago_Pago",
    "America/Indiana/Knox",
]
ALL_ZONES = sorted(available_timezones() - {"localtime", "Factory"})
_SPAN = [dt.datetime.fromisoformat(day) for day in ("2020-01-02", "2036-12-31")]
MOMENTS = st.datetimes(_SPAN[0], _SPAN[1], timezones=st.just(dt.UTC))


def nth_weekday(year: int, month: int, weekday: int, n: int) -> dt.date:
    days = [dt.date(year, month, day) for day in range(1, 29 if n < 5 else 32)]
    return [day for day in days if day.weekday() == weekday][n - 1]


def federal_days_off(year: int) -> set[dt.date]:
    """5 U.S.C. 6103 by hand: fixed days move off a weekend, the others are weekdays by definition."""
    fixed = [
        dt.date(year, 1, 1),
        dt.date(year, 6, 19),
        dt.date(year, 7, 4),
        dt.date(year, 11, 11),
        dt.date(year, 12, 25),
    ]
    fixed = [day for day in fixed if year >= 2021 or (day.month, day.day) != (6, 19)]
    fixed.append(dt.date(year + 1, 1, 1))
    moved = {day + dt.timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0)) for day in fixed}
    may_end = max(dt.date(year, 5, day) for day in range(25, 32) if dt.date(year, 5, day).weekday() == 0)
    floating = {
        nth_weekday(year, 1, 0, 3),
        nth_weekday(year, 2, 0, 3),
        may_end,
        nth_weekday(year, 9, 0, 1),
        nth_weekday(year, 10, 0, 2),
        nth_weekday(year, 11, 3, 4),
    }
    return moved | floating


WORKDAYS = [
    day
    for day in (dt.date(2020, 1, 1) + dt.timedelta(days=offset) for offset in range(366 * 18))
    if day.weekday() < 5 and day not in federal_days_off(day.year)
]


def oracle_due(delivered: dt.datetime, zone: str, days: int, workdays: list[dt.date] = WORKDAYS) -> dt.date:
    local = delivered.astimezone(ZoneInfo(zone)).date()
    return workdays[bisect.bisect_right(workdays, local) + days - 1]


@functools.cache
def oracle_end(day: dt.date, zone: str) -> dt.datetime:
    """Minute by minute through two days of UTC: the minute after the last one that still shows ``day``."""
    key = ZoneInfo(zone)
    start = dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
    minutes = (start + dt.timedelta(minutes=15 * step) for step in range(4 * 24 * 3))
    shown = [minute for minute in minutes if minute.astimezone(key).date() <= day]
    return shown[-1] + dt.timedelta(minutes=15)


def test_the_holiday_table_equals_the_statute() -> None:
    for year in range(2020, 2041):
        weekdays_off = {day for day in CALENDAR.holidays if day.year == year and day.weekday() < 5}
        assert weekdays_off == {day for day in federal_days_off(year) if day.year == year and day.weekday() < 5}


@settings(max_examples=400)
@given(MOMENTS, st.sampled_from(US_ZONES), st.integers(1, 10))
def test_due_date_agrees_in_us_zones(delivered: dt.datetime, zone: str, days: int) -> None:
    found = deadline(delivered, zone, days, CALENDAR)
    assert found.due_date == oracle_due(delivered, zone, days)


@settings(max_examples=100)
@given(MOMENTS, st.sampled_from(ALL_ZONES))
def test_lapse_agrees_in_every_zone(delivered: dt.datetime, zone: str) -> None:
    found = deadline(delivered, zone, 3, CALENDAR)
    assert found.due_date == oracle_due(delivered, zone, 3)
    assert found.lapses_at == oracle_end(found.due_date, zone)


def test_the_end_of_every_clock_change_day_of_six_years() -> None:
    for zone in US_ZONES:
        key = ZoneInfo(zone)
        for day in (dt.date(2026, 1, 1) + dt.timedelta(days=offset) for offset in range(365 * 6)):
            noons = [dt.datetime.combine(day + dt.timedelta(days=more), dt.time(12), tzinfo=key) for more in (-1, 1)]
            if noons[0].utcoffset() != noons[1].utcoffset():
                assert end_of_day(day, key) == oracle_end(day, zone)


@settings(max_examples=300)
@given(MOMENTS, st.sampled_from(US_ZONES), st.integers(1, 20))
def test_shape_of_the_explanation(delivered: dt.datetime, zone: str, days: int) -> None:
    found = deadline(delivered, zone, days, CALENDAR)
    dates = [day.date for day in found.days]
    assert dates == [dates[0] + dt.timedelta(days=offset) for offset in range(len(dates))]
    assert dates[0] == delivered.astimezone(ZoneInfo(zone)).date()
    assert [day.number for day in found.days if day.counted] == list(range(1, days + 1))
    assert not found.days[0].counted
    assert found.days[-1].counted
    assert found.lapses_at > delivered + dt.timedelta(days=days)
    assert found.business_days_left(delivered) == days


@settings(max_examples=200)
@given(MOMENTS, st.timedeltas(dt.timedelta(0), dt.timedelta(days=40)), st.sampled_from(US_ZONES))
def test_a_later_delivery_is_never_due_earlier(delivered: dt.datetime, later: dt.timedelta, zone: str) -> None:
    first = deadline(delivered, zone, 3, CALENDAR)
    assert deadline(delivered + later, zone, 3, CALENDAR).lapses_at >= first.lapses_at


@settings(max_examples=200)
@given(
    MOMENTS, st.timedeltas(dt.timedelta(0), dt.timedelta(days=9)), st.timedeltas(dt.timedelta(0), dt.timedelta(days=9))
)
def test_a_pause_or_an_extension_never_shortens(
    delivered: dt.datetime, wait: dt.timedelta, length: dt.timedelta
) -> None:
    plain = deadline(delivered, "America/New_York", 3, CALENDAR)
    pause = Pause(delivered + wait, delivered + wait + length, "outage")
    assert deadline(delivered, "America/New_York", 3, CALENDAR, pauses=[pause]).lapses_at >= plain.lapses_at
    assert extend(plain, 1, CALENDAR).lapses_at > plain.lapses_at


@pytest.mark.soak
def test_half_a_million_deliveries_agree() -> None:
    chance = random.Random(20261123)
    first, span = dt.datetime(2024, 1, 1, tzinfo=dt.UTC), int(dt.timedelta(days=365 * 9).total_seconds())
    for _ in range(500_000):
        delivered = first + dt.timedelta(seconds=chance.randrange(span))
        assert_agrees(delivered, chance.choice(US_ZONES), chance.randint(1, 10))


@pytest.mark.parametrize("year", [2024, *[pytest.param(year, marks=pytest.mark.soak) for year in range(2025, 2033)]])
def test_every_minute_around_the_changes_of_clocks_agrees(year: int) -> None:
    """In the year that every run looks at it is every seventh minute: hours are cut at each of their minutes."""
    for day in (nth_weekday(year, 3, 6, 2), nth_weekday(year, 11, 6, 1)):
        start = dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
        for minute in range(0, 36 * 60, 7 if year == 2024 else 1):
            for zone in US_ZONES:
                assert_agrees(start + dt.timedelta(minutes=minute), zone, 3)


def assert_agrees(delivered: dt.datetime, zone: str, days: int) -> None:
    """The day, and the instant at which it is over there."""
    found = deadline(delivered, zone, days, CALENDAR)
    assert found.due_date == oracle_due(delivered, zone, days), (delivered, zone, days)
    assert found.lapses_at == oracle_end(found.due_date, zone), (delivered, zone, days)


Interval = tuple[dt.datetime, dt.datetime]


def oracle_paused_due(delivered: dt.datetime, zone: str, days: int, pauses: list[Interval]) -> dt.date:
    """Day by day: a workday counts when none of the pauses has a moment in common with it."""
    key = ZoneInfo(zone)
    local = delivered.astimezone(key).date()
    position = bisect.bisect_right(WORKDAYS, local)
    while True:
        day = WORKDAYS[position]
        begins, ends = oracle_end(day - dt.timedelta(days=1), zone), oracle_end(day, zone)
        touched = any(start < ends and (end > begins or start >= begins) for start, end in pauses)
        days -= not touched
        if days == 0:
            return day
        position += 1


def random_pauses(chance: random.Random, delivered: dt.datetime) -> list[Interval]:
    """Around the delivery: none to four, from no time at all to weeks, some beginning or ending on a full hour."""
    found = []
    for _ in range(chance.randint(0, 4)):
        start = delivered + dt.timedelta(minutes=chance.randrange(-3 * 24 * 60, 14 * 24 * 60))
        if chance.random() < 0.4:
            start = start.replace(minute=0, second=0, microsecond=0)
        length = dt.timedelta(minutes=chance.choice([0, 1, 15, 60, 600, 24 * 60, chance.randrange(20 * 24 * 60)]))
        found.append((start, start + length))
    return found


def compare_with_pauses(chance: random.Random, count: int) -> None:
    first, span = dt.datetime(2024, 1, 1, tzinfo=dt.UTC), int(dt.timedelta(days=365 * 9).total_seconds())
    for _ in range(count):
        delivered = first + dt.timedelta(seconds=chance.randrange(span))
        zone, days = chance.choice(US_ZONES), chance.randint(1, 10)
        pauses = random_pauses(chance, delivered)
        given = [Pause(start, end, "test") for start, end in pauses]
        found = deadline(delivered, zone, days, CALENDAR, pauses=given)
        assert found.due_date == oracle_paused_due(delivered, zone, days, pauses), (delivered, zone, days, pauses)
        assert found.lapses_at == oracle_end(found.due_date, zone)


def test_clocks_with_pauses_agree() -> None:
    compare_with_pauses(random.Random(20261126), 300)


@pytest.mark.soak
def test_twenty_thousand_clocks_with_pauses_agree() -> None:
    compare_with_pauses(random.Random(20261127), 20_000)
