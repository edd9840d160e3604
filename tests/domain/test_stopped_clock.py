"""A clock that stands still: what was counted before it stopped, how much is left, and no due date."""

from __future__ import annotations

import datetime as dt

import pytest

from clawguard.domain.calendar import ClockRules, DeadlineError, Pause
from clawguard.domain.stopped_clock import StoppedClock, stopped
from tests.domain.test_calendar import CALENDAR, NAIVE, NEW_YORK, at


def stood(since: str, *, delivered: str = "2026-11-16T10:00", zone: str = NEW_YORK, **options: object) -> StoppedClock:
    pause = Pause(at(since), None, "Their house burned down.")
    return stopped(at(delivered, zone), zone, 3, CALENDAR, since=pause, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("since", "days", "left"),
    [
        ("2026-11-16T12:00", "16-", 3),  # on the day of delivery nothing was counted
        ("2026-11-17T00:00", "16- 17-", 3),  # the day it is touched does not count
        ("2026-11-18T23:59", "16- 17+ 18-", 2),
        ("2026-11-19T10:00", "16- 17+ 18+ 19-", 1),
    ],
)
def test_days_run_to_the_day_on_which_it_stopped(since: str, days: str, left: int) -> None:
    clock = stood(since)
    assert [f"{day.date:%d}{'+' if day.counted else '-'}" for day in clock.days] == days.split()
    assert clock.business_days_left == left


def test_the_day_on_which_it_stopped_is_the_practice_s() -> None:
    """Half past one at night in New York is still the day before in California."""
    clock = stood("2026-11-18T01:30", zone="America/Los_Angeles")
    assert [day.date.day for day in clock.days] == [16, 17]


def test_an_earlier_pause_and_another_rule_count_as_they_do_for_a_deadline() -> None:
    earlier = Pause(at("2026-11-17T09:00"), at("2026-11-17T10:00"), "Away.")
    clock = stood("2026-11-19T10:00", pauses=[earlier])
    assert [pause.reason for pause in clock.pauses] == ["Away.", "Their house burned down."]
    assert clock.business_days_left == 2
    assert stood("2026-11-19T10:00", rules=ClockRules(delivery_day_counts=True)).business_days_left == 0


def test_as_json_it_has_the_shape_of_a_deadline_without_its_end() -> None:
    assert stood("2026-11-17T09:00").as_dict() == {
        "delivered_at": "2026-11-16T10:00:00-05:00",
        "time_zone": NEW_YORK,
        "business_days": 3,
        "due_date": None,
        "last_instant": None,
        "lapses_at": None,
        "calendar": {"name": CALENDAR.name, "version": CALENDAR.version},
        "pauses": [{"from": "2026-11-17T09:00:00-05:00", "to": None, "reason": "Their house burned down."}],
        "days": [day.as_dict() for day in stood("2026-11-17T09:00").days],
    }
    first, second = stood("2026-11-17T09:00").as_dict()["days"]  # type: ignore[misc]
    assert (first["date"], first["counted"], second["date"]) == ("2026-11-16", False, "2026-11-17")  # type: ignore[index]


def test_bad_input_is_refused_as_for_a_deadline() -> None:
    with pytest.raises(DeadlineError, match="delivered_at"):
        stopped(NAIVE, NEW_YORK, 3, CALENDAR, since=Pause(at("2026-11-18T09:00"), None, "Away."))


def test_a_clock_that_runs_again_has_an_instant_on_record() -> None:
    assert stood("2026-11-17T09:00").delivered_at == dt.datetime(2026, 11, 16, 15, tzinfo=dt.UTC)
