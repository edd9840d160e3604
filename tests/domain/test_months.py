"""Calendar months: the same day of another month, or the last one where there is no such day."""

from __future__ import annotations

import datetime as dt

import pytest

from clawguard.domain.months import months_later


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2025-09-18", 6, "2026-03-18"),
        ("2025-09-18", 0, "2025-09-18"),
        ("2025-08-31", 6, "2026-02-28"),
        ("2025-08-28", 6, "2026-02-28"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2023-02-28", 12, "2024-02-28"),
        ("2023-03-01", 12, "2024-03-01"),
        ("2025-11-30", 1, "2025-12-30"),
        ("2025-12-01", 1, "2026-01-01"),
        ("2026-01-31", -1, "2025-12-31"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2024-02-29", -12, "2023-02-28"),
        ("9999-12-31", 0, "9999-12-31"),
    ],
)
def test_months_are_those_of_the_calendar(day: str, months: int, then: str) -> None:
    assert months_later(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(then)


@pytest.mark.parametrize(("day", "months"), [("9999-12-31", 1), ("0001-01-31", -1)])
def test_beyond_the_calendar_is_an_error(day: str, months: int) -> None:
    with pytest.raises(ValueError, match="beyond the calendar"):
        months_later(dt.date.fromisoformat(day), months)
