"""A client's age on a day. Findings say what follows from it, never the age itself."""

from __future__ import annotations

import datetime as dt


def years_on(born: dt.date, on: dt.date) -> int:
    """Full years of age on a day; who was born on 29 February is a year older on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
