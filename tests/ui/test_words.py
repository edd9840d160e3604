"""Moments, money and states as readers meet them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from clawguard.ui import words

NEW_YORK = "America/New_York"


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("due_at", "zone", "said"),
    [
        ("2026-12-04T00:00-05:00", NEW_YORK, "Thu 3 Dec, end of day (your time)"),
        ("2026-12-03T23:59:59-05:00", NEW_YORK, "Thu 3 Dec, end of day (your time)"),
        ("2026-12-04T05:00+00:00", NEW_YORK, "Thu 3 Dec, end of day (your time)"),
        ("2026-12-04T05:00+00:00", "UTC", "Fri 4 Dec, 05:00 (your time)"),
        ("2026-12-03T17:30-05:00", NEW_YORK, "Thu 3 Dec, 17:30 (your time)"),
        ("2026-11-02T00:00-05:00", NEW_YORK, "Sun 1 Nov, end of day (your time)"),  # the day of 25 hours
        ("2026-03-09T00:00-04:00", NEW_YORK, "Sun 8 Mar, end of day (your time)"),  # the day of 23 hours
        ("2027-01-01T00:00-07:00", "America/Denver", "Thu 31 Dec, end of day (your time)"),
    ],
)
def test_a_due_moment_names_the_last_day_that_is_in_time(due_at: str, zone: str, said: str) -> None:
    assert words.due(at(due_at), zone) == said


def test_a_due_moment_may_leave_out_whose_time_it_is() -> None:
    assert words.due(at("2026-12-04T00:00-05:00"), ZoneInfo(NEW_YORK), whose="") == "Thu 3 Dec, end of day"


def test_a_short_due_moment_leaves_out_the_end_of_the_day_and_nothing_else() -> None:
    assert words.due_short(at("2026-12-04T00:00-05:00"), NEW_YORK) == "Thu 3 Dec"
    assert words.due_short(at("2026-12-03T17:30-05:00"), NEW_YORK) == "Thu 3 Dec, 17:30"


@pytest.mark.parametrize(
    ("zone", "reader", "said"),
    [
        (NEW_YORK, NEW_YORK, "18 Mar 2026, 17:40"),
        (NEW_YORK, "America/Toronto", "18 Mar 2026, 17:40"),  # another name for the same time
        ("America/Los_Angeles", NEW_YORK, "18 Mar 2026, 14:40 PDT"),
        ("America/Phoenix", "America/Denver", "18 Mar 2026, 14:40 MST"),  # one hour apart in summer only
        (NEW_YORK, None, "18 Mar 2026, 17:40 EDT"),
    ],
)
def test_another_clock_than_the_readers_is_named(zone: str, reader: str | None, said: str) -> None:
    assert words.moment_there(at("2026-03-18T17:40-04:00"), zone, reader) == said


def test_in_winter_phoenix_and_denver_show_the_same_time() -> None:
    there = words.moment_there(at("2026-01-18T17:40-05:00"), "America/Phoenix", "America/Denver")
    assert there == "18 Jan 2026, 15:40"


def test_the_times_of_a_session_name_their_clock() -> None:
    start, end = at("2026-03-18T10:02-04:00"), at("2026-03-18T10:57-04:00")
    assert words.times(start, end, "America/Chicago") == "09:02–09:57 CDT"


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (Decimal("142.5"), "$142.50"),
        (Decimal("-142.50"), "−$142.50"),
        ("1234567.891", "$1,234,567.89"),
        (0, "$0.00"),
        (None, "—"),
        ("", "—"),
    ],
)
def test_money_has_cents_and_a_true_minus_sign(amount: Decimal | str | int | None, said: str) -> None:
    assert words.money(amount) == said


def test_money_of_another_currency_says_so() -> None:
    assert words.money("5", "CAD") == "CAD 5.00"


NOW = at("2026-12-01T15:00+00:00")


@pytest.mark.parametrize(
    ("from_now", "business_days", "said"),
    [
        (dt.timedelta(days=2, hours=14), 2, "2 business days left"),
        (dt.timedelta(days=1, hours=14), 1, "1 business day left"),
        (dt.timedelta(days=3), 0, "last day"),
        (dt.timedelta(days=2), None, "2 days left"),
        (dt.timedelta(hours=23, minutes=59), 1, "23 h left"),
        (dt.timedelta(hours=1), 0, "1 h left"),
        (dt.timedelta(minutes=59), 0, "59 min left"),
        (dt.timedelta(seconds=1), 0, "1 min left"),
        (dt.timedelta(0), 0, "late by 1 min"),
        (dt.timedelta(hours=-2), 0, "late by 2 h"),
        (dt.timedelta(days=-1), None, "late by 1 day"),
        (dt.timedelta(days=-9, hours=-3), None, "late by 9 days"),
    ],
)
def test_time_left_turns_to_late_at_the_due_moment_itself(
    from_now: dt.timedelta, business_days: int | None, said: str
) -> None:
    assert words.time_left(NOW + from_now, NOW, business_days) == said


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 bytes"), (999, "999 bytes"), (183_400, "183 KB"), (3_400_000, "3.4 MB")]
)
def test_sizes_of_files(count: int, said: str) -> None:
    assert words.file_size(count) == said


@pytest.mark.parametrize(
    ("length", "said"), [(0.04, "0.0 s"), (3.44, "3.4 s"), (119.9, "119.9 s"), (120, "2 min"), (59_400, "16 h")]
)
def test_measured_seconds_are_told_in_their_largest_unit(length: float, said: str) -> None:
    assert words.seconds(length) == said


def test_the_five_words_are_the_ones_readers_learn() -> None:
    said = {state.word for key, state in words.STATE_WORDS.items() if key != "waiting_on_provider"}
    assert said == {"waiting on you", "waiting on us", "late", "decided", "appeal open"}


def test_only_what_is_overdue_has_the_tone_of_late() -> None:
    assert [key for key, state in words.STATE_WORDS.items() if state.tone == "late"] == ["late"]
