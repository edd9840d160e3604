"""Whether a dated thing holds on a day. Its first and its last day are included, and either may be open."""

from __future__ import annotations

import datetime as dt


def includes(first_day: dt.date | None, last_day: dt.date | None, day: dt.date) -> bool:
    """Whether ``day`` is among the days from ``first_day`` to ``last_day``; None leaves an end open."""
    return (first_day is None or first_day <= day) and (last_day is None or day <= last_day)
