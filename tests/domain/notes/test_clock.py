"""Times as notes state them, on both sides of each reading."""

from __future__ import annotations

import pytest

from clawguard.domain.notes import clock


def told(text: str, near: int | None = None) -> list[str]:
    times = clock.find(text, near)
    pairs = [f"{_clock(a.minutes)}-{_clock(b.minutes)}" for a, b in times.ranges]
    alone = [f"from {_clock(each.minutes)}" for each in times.starts] + [
        f"to {_clock(each.minutes)}" for each in times.stops
    ]
    return [*pairs, *alone, *(f"{minutes} min" for minutes, _, _ in times.lengths)]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2:00-2:53 pm", ["14:00-14:53"]),
        ("2:00 pm - 2:53 pm", ["14:00-14:53"]),
        ("2:00 p.m. to 2:53 p.m.", ["14:00-14:53"]),
        ("14:00 to 14:53", ["14:00-14:53"]),
        ("11:30-12:15 pm", ["11:30-12:15"]),
        ("11:30 am - 12:15", ["11:30-12:15"]),
        ("12:00-12:45 pm", ["12:00-12:45"]),
        ("10-10:45am", ["10:00-10:45"]),
        ("1400-1455 hrs", ["14:00-14:55"]),
        ("0900-0930", ["09:00-09:30"]),
        ("start 1300, end 1345", ["13:00-13:45"]),
        ("start time: 0900 / stop time: 0945", ["09:00-09:45"]),
        ("start 1300, end 1305", []),  # no session
        ("start 1360, end 1445", []),  # no time
        ("start 2010, end 2015", []),  # years
        ("10-1045a office", ["10:00-10:45"]),
        ("11:30 pm to 12:27 am", ["23:30-00:27"]),
        ("from 2:00 to 2:55 in the afternoon", ["02:00-02:55"]),
        ("start 2p end 2:53p", ["from 14:00", "to 14:53"]),
        ("start time: 1:30 pm. end time: 2:25 pm", ["from 13:30", "to 14:25"]),
        ("time in 10:00 am, time out 10:45 am", ["from 10:00", "to 10:45"]),
        ("session began at 10:00 am", ["from 10:00"]),
        ("53 min", ["53 min"]),
        ("lasted 53 minutes", ["53 min"]),
        ("45-minute session", ["45 min"]),
        ("scheduled 10:00-10:45. began 10:18 am, ended 10:45 am", ["from 10:18", "to 10:45"]),
        ("scheduled for 1:00-1:45 pm, held 1:20-1:45 pm", ["13:20-13:45"]),
        ("scheduled 10:00-10:45 am", ["10:00-10:45"]),
    ],
)
def test_times_are_read(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "03/18/2026",
        "4/7 days",
        "sleeps 6-7 hours",
        "rated 8-3",
        "10-12 sessions",
        "sertraline 50-100 mg",
        "f33.1",
        "goal 1-2",
        "client called at 9:15 am",
        "electronically signed 3:20-3:25 pm",
        "25:00-26:00",
        "10:75-11:80",
        "15 minutes late",
        "panic attack from 2:10 pm until about 3:05 pm",
        "argued yesterday from 9:00 to 9:40 pm",
        "555-0100",
    ],
)
def test_other_numbers_are_no_times(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("near", "expected"), [(14 * 60, ["14:00-14:53"]), (2 * 60, ["02:00-02:53"]), (None, ["02:00-02:53"])]
)
def test_the_calendar_tells_the_half_of_the_day(near: int | None, expected: list[str]) -> None:
    assert told("2:00-2:53", near) == expected
    assert not clock.find("2:00-2:53", near).ranges[0][0].sure


@pytest.mark.parametrize(("start", "stop", "minutes"), [(600, 645, 45), (1410, 27, 57), (600, 600, 0)])
def test_minutes_between_may_cross_midnight(start: int, stop: int, minutes: int) -> None:
    assert clock.between(start, stop) == minutes
