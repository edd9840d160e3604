"""A deadline as a terminal shows it."""

from __future__ import annotations

from clawguard.domain.calendar import Pause
from clawguard.domain.deadline_text import as_text
from tests.domain.test_calendar import CALENDAR, at, due


def test_the_moment_and_the_count_behind_it() -> None:
    assert as_text(due("2026-11-24T13:00")).splitlines() == [
        "Delivered  Tue 2026-11-24 13:00 (America/New_York)",
        "Due        by the end of Mon 2026-11-30",
        "Lapses at  2026-12-01T00:00:00-05:00 (2026-12-01T05:00:00Z)",
        f"Calendar   {CALENDAR.name}, {CALENDAR.version}",
        "",
        "  Tue 2026-11-24   -  Delivered; the day of delivery does not count",
        "  Wed 2026-11-25   1  Business day 1 of 3",
        "  Thu 2026-11-26   -  Thanksgiving Day",
        "  Fri 2026-11-27   2  Business day 2 of 3",
        "  Sat 2026-11-28   -  Saturday",
        "  Sun 2026-11-29   -  Sunday",
        "  Mon 2026-11-30   3  Business day 3 of 3: due by the end of this day",
    ]


def test_pauses_are_told_on_the_practice_s_clock() -> None:
    pause = Pause(at("2026-11-24T15:00"), at("2026-11-25T09:30", "America/Los_Angeles"), "The portal was down.")
    lines = as_text(due("2026-11-24T13:00", pauses=[pause])).splitlines()
    assert lines[4:6] == ["Paused     Tue 2026-11-24 15:00 to Wed 2026-11-25 12:30: The portal was down.", ""]
