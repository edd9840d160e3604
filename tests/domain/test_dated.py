"""A dated thing holds on its first and its last day and in between; an open end holds on every day of that side."""

from __future__ import annotations

import datetime as dt

import pytest

from clawguard.domain.dated import includes

FIRST, LAST = dt.date(2026, 9, 1), dt.date(2026, 9, 30)
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("first", "last", "day", "holds"),
    [
        (FIRST, LAST, FIRST, True),
        (FIRST, LAST, LAST, True),
        (FIRST, LAST, FIRST - DAY, False),
        (FIRST, LAST, LAST + DAY, False),
        (FIRST, FIRST, FIRST, True),
        (None, LAST, dt.date.min, True),
        (None, LAST, LAST + DAY, False),
        (FIRST, None, dt.date.max, True),
        (FIRST, None, FIRST - DAY, False),
        (None, None, FIRST, True),
    ],
)
def test_both_ends_are_included_and_none_is_open(
    first: dt.date | None, last: dt.date | None, day: dt.date, holds: bool
) -> None:
    assert includes(first, last, day) is holds
