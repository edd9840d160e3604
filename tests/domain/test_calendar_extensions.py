"""Extensions, pauses, and the points of counting that a network may set otherwise."""

from __future__ import annotations

import datetime as dt

import pytest

from clawguard.domain.calendar import (
    ClockRules,
    DayKind,
    DeadlineError,
    HolidayCalendar,
    Pause,
    deadline,
    extend,
)
from tests.domain.test_calendar import CALENDAR, NAIVE, NEW_YORK, at, due


def test_extension_counts_on_from_the_due_date() -> None:
    first = due("2026-11-24T13:00")
    longer = extend(first, 2, CALENDAR)
    assert (longer.due_date, longer.business_days) == (dt.date(2026, 12, 2), 5)
    assert longer.days[: len(first.days) - 1][-1].date < first.due_date
    assert [day.date for day in longer.days if day.counted][:3] == [day.date for day in first.days if day.counted]
    for further in (0, -1):
        with pytest.raises(DeadlineError, match="further_business_days"):
            extend(first, further, CALENDAR)
    with pytest.raises(DeadlineError, match="1 to 60"):
        extend(first, 58, CALENDAR)


def test_an_extension_keeps_the_clock_rules_it_was_counted_by() -> None:
    counted = due("2026-11-16T10:00", rules=ClockRules(delivery_day_counts=True))
    assert extend(counted, 1, CALENDAR).due_date == dt.date(2026, 11, 19)
    assert extend(counted, 1, CALENDAR).rules == counted.rules


def test_the_day_that_stands_in_for_a_delivery_on_a_day_off_says_so() -> None:
    days = due("2026-11-14T10:00", rules=ClockRules(off_day_delivery_moves_to_next_business_day=True)).days
    assert [(day.date.day, day.kind) for day in days[:4]] == [
        (14, DayKind.DELIVERED),
        (15, DayKind.WEEKEND),
        (16, DayKind.DELIVERED),
        (17, DayKind.COUNTED),
    ]
    assert days[2].reason == "Taken as the day of delivery; it does not count"


def pause(start: str, end: str | None, why: str = "portal not reachable") -> Pause:
    return Pause(at(start), at(end) if end else None, why)


@pytest.mark.parametrize(
    ("start", "end", "date"),
    [
        ("2026-11-17T09:00", "2026-11-17T09:01", "2026-11-20"),  # a minute of day one
        ("2026-11-17T09:00", "2026-11-18T00:00", "2026-11-20"),  # ends exactly with day one
        ("2026-11-17T09:00", "2026-11-18T00:00:00.000001", "2026-11-23"),  # touches day two
        ("2026-11-19T23:59", "2026-11-20T08:00", "2026-11-23"),  # the last minute of the due day and the next morning
        ("2026-11-20T00:00", "2026-11-20T08:00", "2026-11-19"),  # after it lapsed: nothing changes
        ("2026-11-14T00:00", "2026-11-16T12:00", "2026-11-19"),  # before the count began
        ("2026-11-18T10:00", "2026-11-18T10:00", "2026-11-20"),  # a moment is enough
    ],
)
def test_pauses_take_the_business_days_they_touch(start: str, end: str, date: str) -> None:
    found = due("2026-11-16T10:00", pauses=[pause(start, end)])
    assert found.due_date.isoformat() == date


def test_a_paused_day_says_why_and_an_extension_keeps_it() -> None:
    found = due("2026-11-16T10:00", pauses=[pause("2026-11-17T09:00", "2026-11-17T12:00")])
    assert (found.days[1].kind, found.days[1].reason) == (DayKind.PAUSED, "Clock paused: portal not reachable")
    assert extend(found, 1, CALENDAR).due_date == dt.date(2026, 11, 23)


def test_bad_pauses() -> None:
    for bad, code in [
        (pause("2026-11-17T09:00", None), "pause_open"),
        (pause("2026-11-17T09:00", "2026-11-17T08:59"), "pause_backwards"),
        (Pause(NAIVE, at("2026-11-18T00:00"), "x"), "naive_datetime"),
        (Pause(at("2026-11-17T00:00"), NAIVE, "x"), "naive_datetime"),
    ]:
        with pytest.raises(DeadlineError) as caught:
            due("2026-11-16T10:00", pauses=[bad])
        assert [problem.code for problem in caught.value.problems] == [code]


@pytest.mark.parametrize(
    ("rules", "delivered", "date"),
    [
        (ClockRules(), "2026-11-14T10:00", "2026-11-18"),
        (ClockRules(off_day_delivery_moves_to_next_business_day=True), "2026-11-14T10:00", "2026-11-19"),
        (ClockRules(off_day_delivery_moves_to_next_business_day=True), "2026-11-26T12:00", "2026-12-02"),
        (ClockRules(off_day_delivery_moves_to_next_business_day=True), "2026-11-16T10:00", "2026-11-19"),
        (ClockRules(delivery_day_counts=True), "2026-11-16T10:00", "2026-11-18"),
        (ClockRules(delivery_day_counts=True), "2026-11-14T10:00", "2026-11-18"),
        (ClockRules(True, True), "2026-11-14T10:00", "2026-11-18"),
    ],
)
def test_the_silent_points_can_be_set_otherwise(rules: ClockRules, delivered: str, date: str) -> None:
    assert due(delivered, rules=rules).due_date.isoformat() == date


def test_a_network_with_another_week_and_its_own_days_off() -> None:
    own = HolidayCalendar("Own days", "1", {dt.date(2026, 11, 17): "Founders' day"}, 2026, 2026, frozenset({4, 5}))
    found = deadline(at("2026-11-18T10:00"), NEW_YORK, 3, own)
    assert [day.date.day for day in found.days if day.counted] == [19, 22, 23]
    assert not own.is_business_day(dt.date(2026, 11, 17))
