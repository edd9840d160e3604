"""``manage.py deadline``: the same count as the API, one clear line for bad input."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence

import pytest
from django.core.management import CommandError, call_command


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("deadline", *arguments, "--calendar", "shipped", stdout=out)
    return out.getvalue()


def test_text_shows_each_day() -> None:
    lines = run("2026-11-24T13:00-05:00", "--time-zone", "America/New_York").splitlines()
    assert lines[:3] == [
        "Delivered  Tue 2026-11-24 13:00 (America/New_York)",
        "Due        by the end of Mon 2026-11-30",
        "Lapses at  2026-12-01T00:00:00-05:00 (2026-12-01T05:00:00Z)",
    ]
    assert lines[5:8] == [
        "  Tue 2026-11-24   -  Delivered; the day of delivery does not count",
        "  Wed 2026-11-25   1  Business day 1 of 3",
        "  Thu 2026-11-26   -  Thanksgiving Day",
    ]
    assert len(lines) == 12


def test_a_pause_is_counted_and_shown() -> None:
    given = ["--time-zone", "America/New_York", "--pause", "2026-11-25T09:00-05:00/2026-11-25T09:05-05:00"]
    lines = run("2026-11-24T13:00-05:00", *given).splitlines()
    assert lines[1] == "Due        by the end of Tue 2026-12-01"
    assert lines[4] == "Paused     Wed 2026-11-25 09:00 to Wed 2026-11-25 09:05: as given"
    assert lines[7] == "  Wed 2026-11-25   -  Clock paused: as given"


def test_json_is_the_public_shape() -> None:
    shape = json.loads(
        run("2026-11-24T18:00Z", "--time-zone", "America/New_York", "--business-days", "1", "--format", "json")
    )
    assert (shape["due_date"], shape["lapses_at"]["utc"]) == ("2026-11-25", "2026-11-26T05:00:00Z")
    assert [day["counted"] for day in shape["days"]] == [False, True]


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["yesterday", "--time-zone", "America/New_York"], "'yesterday' is not a moment"),
        (["2026-11-24T13:00", "--time-zone", "America/New_York"], "needs a UTC offset"),
        (["2026-11-24T13:00-05:00", "--time-zone", "Mars/Base"], "not a known time zone"),
        (["2026-11-24T13:00Z", "--time-zone", "UTC", "--business-days", "0"], "from 1 to 60"),
        (["2026-11-24T13:00Z", "--time-zone", "UTC", "--business-days", "three"], "from 1 to 60"),
        (["2026-11-24T13:00Z", "--time-zone", "UTC", "--format", "xml"], "text or json"),
        (["2026-11-24T13:00Z", "--time-zone", "UTC", "--pause", "2026-11-25T13:00Z"], "START/END"),
        (["2026-11-24T13:00Z", "--time-zone", "UTC", "--pause", "2026-11-25T13:00/2026-11-25T14:00Z"], "UTC offset"),
        (["1999-11-24T13:00Z", "--time-zone", "UTC"], "outside them"),
    ],
)
def test_bad_input_is_one_line_and_exit_2(arguments: Sequence[str], part: str) -> None:
    with pytest.raises(CommandError) as caught:
        run(*arguments)
    assert part in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.returncode == 2
