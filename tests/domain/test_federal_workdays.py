"""Federal workdays by rule, against the calendar that clocks count by."""

from __future__ import annotations

import datetime as dt

import pytest

from clawguard.domain.federal_workdays import federal_workday_from, is_federal_workday
from clawguard.holidays_us import FIRST_YEAR, LAST_YEAR, federal_calendar


def test_every_day_is_what_the_calendar_says() -> None:
    calendar, day = federal_calendar(), dt.date(FIRST_YEAR, 1, 1)
    differing = []
    while day.year <= LAST_YEAR:
        if is_federal_workday(day) != calendar.is_business_day(day):
            differing.append(day)
        day += dt.timedelta(days=1)
    assert differing == []


@pytest.mark.parametrize(
    ("day", "then"),
    [
        ("2026-03-18", "2026-03-18"),
        ("2026-03-20", "2026-03-20"),  # a Friday
        ("2026-03-21", "2026-03-23"),
        ("2026-03-22", "2026-03-23"),
        ("2026-05-25", "2026-05-26"),  # Memorial Day
        ("2026-05-23", "2026-05-26"),  # the weekend before it
        ("2026-07-03", "2026-07-06"),  # kept for Saturday the 4th
        ("2027-07-05", "2027-07-06"),  # kept for Sunday the 4th
        ("2021-06-18", "2021-06-21"),  # Juneteenth is a holiday since 2021
        ("2020-06-19", "2020-06-19"),
        ("2026-12-25", "2026-12-28"),
        ("2027-12-31", "2028-01-03"),  # kept for the New Year's Day of 2028
    ],
)
def test_a_day_off_gives_way_to_the_next_workday(day: str, then: str) -> None:
    assert federal_workday_from(dt.date.fromisoformat(day)) == dt.date.fromisoformat(then)
