"""Where the policy is silent, the network's settings decide; their defaults are the plain reading."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ImproperlyConfigured

from clawguard.domain.calendar import deadline
from clawguard.holidays_us import federal_calendar, network_calendar

TUESDAY = dt.datetime(2026, 11, 24, 13, tzinfo=ZoneInfo("America/New_York"))
SATURDAY = dt.datetime(2026, 11, 14, 10, tzinfo=ZoneInfo("America/New_York"))


def due(delivered: dt.datetime) -> str:
    return deadline(delivered, "America/New_York", 3, network_calendar()).due_date.isoformat()


def test_by_default_the_days_are_the_federal_ones() -> None:
    assert network_calendar() == federal_calendar()


@pytest.mark.parametrize(
    ("changed", "delivered", "plain", "then"),
    [
        ({"CLOCK_EXTRA_DAYS_OFF": ["2026-11-27=Day after"]}, TUESDAY, "2026-11-30", "2026-12-01"),
        ({"CLOCK_WORKED_HOLIDAYS": ["Thanksgiving Day"]}, TUESDAY, "2026-11-30", "2026-11-27"),
        ({"CLOCK_DELIVERY_DAY_COUNTS": True}, TUESDAY, "2026-11-30", "2026-11-27"),
        ({"CLOCK_OFF_DAY_DELIVERY_MOVES": True}, SATURDAY, "2026-11-18", "2026-11-19"),
    ],
)
def test_each_setting_moves_the_due_date(
    settings: Any, changed: dict[str, Any], delivered: dt.datetime, plain: str, then: str
) -> None:
    assert due(delivered) == plain
    for name, value in changed.items():
        setattr(settings, name, value)
    assert due(delivered) == then


def test_an_extra_day_off_explains_itself(settings: Any) -> None:
    settings.CLOCK_EXTRA_DAYS_OFF = ["2026-11-27=Day after Thanksgiving", "2026-11-30"]
    days = deadline(TUESDAY, "America/New_York", 3, network_calendar()).days
    assert [day.reason for day in days if day.kind == "holiday"] == [
        "Thanksgiving Day",
        "Day after Thanksgiving",
        "Day off",
    ]
    assert "with the network's own changes" in network_calendar().name


def test_a_worked_holiday_is_worked_on_its_in_lieu_day_too(settings: Any) -> None:
    settings.CLOCK_WORKED_HOLIDAYS = ["Independence Day"]
    assert network_calendar().is_business_day(dt.date(2026, 7, 3))
    assert not network_calendar().is_business_day(dt.date(2026, 6, 19))


def test_wrong_settings_say_so(settings: Any) -> None:
    settings.CLOCK_EXTRA_DAYS_OFF = ["tomorrow"]
    with pytest.raises(ImproperlyConfigured, match="not 'tomorrow'"):
        network_calendar()
    settings.CLOCK_EXTRA_DAYS_OFF = []
    settings.CLOCK_WORKED_HOLIDAYS = ["Boxing Day"]
    with pytest.raises(ImproperlyConfigured, match="no federal holiday: Boxing Day"):
        network_calendar()
