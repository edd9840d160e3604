"""The clock around one reference week (Thanksgiving 2026) and every worked example of the rules catalogue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from clawguard.domain.calendar import (
    DayKind,
    Deadline,
    DeadlineError,
    Pause,
    business_days_left,
    deadline,
    end_of_day,
)
from clawguard.holidays_us import federal_calendar

CALENDAR = federal_calendar()
NEW_YORK = "America/New_York"
NAIVE = dt.datetime.fromisoformat("2026-11-18T12:00")


def at(text: str, zone: str = NEW_YORK) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def due(text: str, zone: str = NEW_YORK, days: int = 3, **options: object) -> Deadline:
    return deadline(at(text, zone), zone, days, CALENDAR, **options)  # type: ignore[arg-type]


WORKED = [
    # delivered, local           zone                     due date      lapses at, UTC         why the row is here
    ("2026-11-16T10:00", NEW_YORK, "2026-11-19", "2026-11-20T05:00Z", "a plain week"),
    ("2026-11-13T16:59", NEW_YORK, "2026-11-18", "2026-11-19T05:00Z", "the weekend is skipped"),
    ("2026-11-13T22:30", NEW_YORK, "2026-11-18", "2026-11-19T05:00Z", "already Saturday in UTC"),
    ("2026-11-14T10:00", "America/Chicago", "2026-11-18", "2026-11-19T06:00Z", "delivered on a Saturday"),
    ("2026-11-10T11:00", "America/Denver", "2026-11-16", "2026-11-17T07:00Z", "Veterans Day"),
    ("2026-11-24T13:00", NEW_YORK, "2026-11-30", "2026-12-01T05:00Z", "Thanksgiving, the day after is worked"),
    ("2026-11-26T12:00", NEW_YORK, "2026-12-01", "2026-12-02T05:00Z", "delivered on a holiday"),
    ("2026-07-02T11:00", NEW_YORK, "2026-07-08", "2026-07-09T04:00Z", "4 July on a Saturday"),
    ("2027-07-02T11:00", NEW_YORK, "2027-07-08", "2027-07-09T04:00Z", "4 July on a Sunday"),
    ("2027-06-17T11:00", NEW_YORK, "2027-06-23", "2027-06-24T04:00Z", "Juneteenth on a Saturday"),
    ("2026-12-23T10:00", NEW_YORK, "2026-12-29", "2026-12-30T05:00Z", "Christmas on a Friday"),
    ("2027-12-29T10:00", NEW_YORK, "2028-01-04", "2028-01-05T05:00Z", "New Year kept on 31 December"),
    ("2027-03-11T13:00", NEW_YORK, "2027-03-16", "2027-03-17T04:00Z", "clocks go forward: 130 hours"),
    ("2026-10-29T14:00", NEW_YORK, "2026-11-03", "2026-11-04T05:00Z", "clocks go back: 131 hours"),
    ("2027-03-11T11:00", "America/Phoenix", "2027-03-16", "2027-03-17T07:00Z", "no clock change in Arizona"),
    ("2027-01-15T10:00", "Pacific/Honolulu", "2027-01-21", "2027-01-22T10:00Z", "Martin Luther King Jr. Day"),
    ("2026-11-24T13:00", "America/Puerto_Rico", "2026-11-30", "2026-12-01T04:00Z", "Puerto Rico keeps one offset"),
    ("2026-11-24T13:00", "Pacific/Guam", "2026-11-30", "2026-11-30T14:00Z", "Guam is ahead of UTC"),
    ("2026-11-16T00:00", NEW_YORK, "2026-11-19", "2026-11-20T05:00Z", "the first moment of a day is that day"),
    ("2026-11-15T23:59:59.999999", NEW_YORK, "2026-11-18", "2026-11-19T05:00Z", "the last moment of Sunday"),
]


@pytest.mark.parametrize(("delivered", "zone", "date", "lapses", "why"), WORKED, ids=[row[4] for row in WORKED])
def test_worked_examples(delivered: str, zone: str, date: str, lapses: str, why: str) -> None:
    found = due(delivered, zone)
    assert found.due_date.isoformat() == date
    assert found.lapses_at == dt.datetime.fromisoformat(lapses)
    assert found.last_instant + dt.timedelta(microseconds=1) == found.lapses_at
    assert found.last_instant.date() == found.due_date
    assert not found.is_lapsed(found.last_instant)
    assert found.is_lapsed(found.lapses_at)


def test_hours_across_a_clock_change_are_not_seventy_two() -> None:
    forward, back = due("2027-03-11T13:00"), due("2026-10-29T14:00")
    assert forward.lapses_at - forward.delivered_at.astimezone(dt.UTC) == dt.timedelta(hours=130)
    assert back.lapses_at - back.delivered_at.astimezone(dt.UTC) == dt.timedelta(hours=131)


def test_the_count_explains_every_day_from_delivery_to_due() -> None:
    days = due("2026-11-24T13:00").days
    assert [(day.date.day, day.kind, day.counted, day.number) for day in days] == [
        (24, DayKind.DELIVERED, False, None),
        (25, DayKind.COUNTED, True, 1),
        (26, DayKind.HOLIDAY, False, None),
        (27, DayKind.COUNTED, True, 2),
        (28, DayKind.WEEKEND, False, None),
        (29, DayKind.WEEKEND, False, None),
        (30, DayKind.DUE, True, 3),
    ]
    assert [day.reason for day in days] == [
        "Delivered; the day of delivery does not count",
        "Business day 1 of 3",
        "Thanksgiving Day",
        "Business day 2 of 3",
        "Saturday",
        "Sunday",
        "Business day 3 of 3: due by the end of this day",
    ]


def test_delivery_on_a_day_off_says_so() -> None:
    assert due("2026-11-14T10:00").days[0].reason == "Delivered (Saturday); the day of delivery does not count"
    holiday = due("2026-11-26T12:00").days[0]
    assert holiday.reason == "Delivered (Thanksgiving Day); the day of delivery does not count"


def test_public_shape() -> None:
    shape = due("2026-11-24T13:00").as_dict()
    assert shape["due_date"] == "2026-11-30"
    assert shape["last_instant"] == "2026-11-30T23:59:59.999999-05:00"
    assert shape["lapses_at"] == {"utc": "2026-12-01T05:00:00Z", "local": "2026-12-01T00:00:00-05:00"}
    assert set(shape) == {
        "delivered_at",
        "time_zone",
        "business_days",
        "due_date",
        "last_instant",
        "lapses_at",
        "calendar",
        "pauses",
        "days",
    }
    assert shape["delivered_at"] == "2026-11-24T13:00:00-05:00"
    assert (shape["time_zone"], shape["business_days"]) == (NEW_YORK, 3)
    assert shape["calendar"] == {"name": CALENDAR.name, "version": CALENDAR.version}
    assert shape["days"][1] == {  # type: ignore[index]
        "date": "2026-11-25",
        "weekday": "Wednesday",
        "counted": True,
        "number": 1,
        "kind": "counted",
        "reason": "Business day 1 of 3",
    }


@pytest.mark.parametrize(
    ("day", "zone", "over"),
    [
        ("2026-11-18", NEW_YORK, "2026-11-19T05:00Z"),
        ("2026-03-07", "America/Havana", "2026-03-08T05:00Z"),  # the midnight is skipped: 00:00 becomes 01:00
        ("2025-11-01", "America/Havana", "2025-11-02T04:00Z"),  # the midnight comes twice, both on the next day
        ("2006-10-28", "America/St_Johns", "2006-10-29T03:30Z"),  # 00:01 becomes 23:01: the day comes back
        ("2011-12-29", "Pacific/Apia", "2011-12-30T10:00Z"),  # the next date never happened
        ("2026-03-28", "Asia/Beirut", "2026-03-28T22:00Z"),
        ("2026-11-18", "Asia/Kathmandu", "2026-11-18T18:15Z"),
    ],
)
def test_end_of_day_where_midnight_is_odd(day: str, zone: str, over: str) -> None:
    end, key = dt.datetime.fromisoformat(over), ZoneInfo(zone)
    assert end_of_day(dt.date.fromisoformat(day), key) == end
    assert (end - dt.timedelta(microseconds=1)).astimezone(key).date() == dt.date.fromisoformat(day)
    assert end.astimezone(key).date() > dt.date.fromisoformat(day)


def test_the_calendar_knows_in_lieu_days_and_not_the_friday_after_thanksgiving() -> None:
    assert CALENDAR.day_off(dt.date(2027, 12, 31)) == (DayKind.HOLIDAY, "New Year's Day (observed)")
    assert CALENDAR.day_off(dt.date(2026, 7, 3)) == (DayKind.HOLIDAY, "Independence Day (observed)")
    assert CALENDAR.day_off(dt.date(2026, 7, 4)) == (DayKind.HOLIDAY, "Independence Day")
    assert CALENDAR.is_business_day(dt.date(2026, 11, 27))
    assert CALENDAR.is_business_day(dt.date(2026, 4, 3))  # Good Friday is a state holiday in places, not a federal one


def test_the_last_year_of_the_calendar_has_its_in_lieu_day() -> None:
    ends_2027 = federal_calendar(2026, 2027)
    assert not ends_2027.is_business_day(dt.date(2027, 12, 31))
    assert all(2026 <= day.year <= 2027 for day in ends_2027.holidays)


def test_a_year_outside_the_calendar_is_an_error_and_not_a_workday() -> None:
    short = federal_calendar(2026, 2027)
    assert deadline(at("2027-12-27T10:00"), NEW_YORK, 3, short).due_date == dt.date(2027, 12, 30)
    for delivered in ("2025-12-31T10:00", "2028-01-03T10:00", "2027-12-28T10:00"):
        with pytest.raises(DeadlineError, match="knows the years 2026 to 2027") as caught:
            deadline(at(delivered), NEW_YORK, 3, short)
        assert caught.value.problems[0].code == "year_not_covered"


@pytest.mark.parametrize("moment", [dt.datetime.max.replace(tzinfo=dt.UTC), dt.datetime.min.replace(tzinfo=dt.UTC)])
def test_the_ends_of_time_are_refused_like_any_uncovered_year(moment: dt.datetime) -> None:
    with pytest.raises(DeadlineError, match="outside them"):
        deadline(moment, "Pacific/Guam", 3, CALENDAR)


@pytest.mark.parametrize(("days", "fine"), [(1, True), (60, True), (0, False), (61, False), (-3, False), (True, False)])
def test_number_of_business_days(days: int, fine: bool) -> None:
    if fine:
        assert sum(day.counted for day in due("2026-11-16T10:00", days=days).days) == days
        return
    with pytest.raises(DeadlineError, match="whole number from 1 to 60"):
        due("2026-11-16T10:00", days=days)


@pytest.mark.parametrize("zone", ["Mars/Base", "", "America", "/etc/passwd", "../UTC", "x\0y", "localtime"])
def test_unknown_zone(zone: str) -> None:
    with pytest.raises(DeadlineError, match="not a known time zone") as caught:
        deadline(at("2026-11-16T10:00"), zone, 3, CALENDAR)
    assert [problem.field for problem in caught.value.problems] == ["time_zone"]


@pytest.mark.parametrize(
    ("ask", "field"),
    [
        (lambda: due("2026-11-24T13:00").is_lapsed(NAIVE), "now"),
        (lambda: business_days_left(NAIVE, at("2026-11-25T10:00"), NEW_YORK, CALENDAR), "now"),
        (lambda: business_days_left(at("2026-11-25T10:00"), NAIVE, NEW_YORK, CALENDAR), "lapses_at"),
        (lambda: due("2026-11-16T10:00", pauses=[Pause(at("2026-11-17T10:00"), None, "x")]), "pauses"),
        (
            lambda: due("2026-11-16T10:00", pauses=[Pause(at("2026-11-17T10:00"), at("2026-11-16T10:00"), "x")]),
            "pauses",
        ),
        (lambda: due("2026-11-16T10:00", pauses=[Pause(NAIVE, None, "x")]), "pauses"),
        (lambda: due("2026-11-16T10:00", pauses=[Pause(at("2026-11-17T10:00"), NAIVE, "x")]), "pauses"),
    ],
)
def test_a_bad_argument_is_named(ask: Callable[[], object], field: str) -> None:
    with pytest.raises(DeadlineError) as caught:
        ask()
    assert [problem.field for problem in caught.value.problems] == [field]
    assert caught.value.problems[0].message.endswith(".")


def test_every_bad_argument_is_named_at_once() -> None:
    with pytest.raises(DeadlineError) as caught:
        deadline(NAIVE, "Mars/Base", 0, CALENDAR)
    assert [problem.field for problem in caught.value.problems] == ["delivered_at", "time_zone", "business_days"]


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ("2026-11-24T13:00", 3),  # delivered a moment ago
        ("2026-11-25T00:00", 3),  # the first counted day runs
        ("2026-11-25T23:59", 3),
        ("2026-11-26T09:00", 2),  # the holiday
        ("2026-11-27T09:00", 2),
        ("2026-11-28T09:00", 1),  # the weekend
        ("2026-11-30T23:59:59.999999", 1),
        ("2026-12-01T00:00", 0),
        ("2027-01-01T00:00", 0),
    ],
)
def test_business_days_left(now: str, left: int) -> None:
    found = due("2026-11-24T13:00")
    assert found.business_days_left(at(now)) == left
    delivered = found.delivered_at
    assert business_days_left(at(now), found.lapses_at, NEW_YORK, CALENDAR, delivered) == left
    if now >= "2026-11-25":  # from the day after delivery on, the due moment alone tells
        assert business_days_left(at(now), found.lapses_at, NEW_YORK, CALENDAR) == left


def test_days_left_needs_aware_moments() -> None:
    found = due("2026-11-24T13:00")
    with pytest.raises(DeadlineError, match="UTC offset"):
        found.business_days_left(NAIVE)
    with pytest.raises(DeadlineError, match="UTC offset"):
        business_days_left(at("2026-11-25T10:00"), NAIVE, NEW_YORK, CALENDAR)
    with pytest.raises(DeadlineError, match="not a known time zone"):
        business_days_left(at("2026-11-25T10:00"), found.lapses_at, "Mars/Base", CALENDAR)
