"""Workdays of the federal government, by the law's own rule for its holidays.

Source: 5 U.S.C. 6103. Days off that a president orders for a single year are not among them. Clocks count by the
network's calendar (``holiday_calendar``), which knows the years it was made for; this is for federal time limits, which
are asked about on any date of service.
"""

from __future__ import annotations

import datetime as dt

_DAY = dt.timedelta(days=1)
_FIXED = frozenset({(1, 1), (7, 4), (11, 11), (12, 25)})
_JUNETEENTH, _JUNETEENTH_FROM = (6, 19), 2021
# month and weekday: which of these weekdays of the month; -1 the last
_FLOATING = {(1, 0): 3, (2, 0): 3, (5, 0): -1, (9, 0): 1, (10, 0): 2, (11, 3): 4}


def is_federal_workday(day: dt.date) -> bool:
    """Neither a weekend nor a federal holiday, in-lieu days included."""
    if day.weekday() > 4:
        return False
    before, after = day - _DAY, day + _DAY
    in_lieu = (day.weekday() == 0 and _fixed(before)) or (day.weekday() == 4 and _fixed(after))
    return not (_fixed(day) or _floating(day) or in_lieu)


def federal_workday_from(day: dt.date) -> dt.date:
    """``day``, or the next federal workday where it is none."""
    while not is_federal_workday(day):
        day += _DAY
    return day


def _fixed(day: dt.date) -> bool:
    date = day.month, day.day
    return date in _FIXED or (date == _JUNETEENTH and day.year >= _JUNETEENTH_FROM)


def _floating(day: dt.date) -> bool:
    which = _FLOATING.get((day.month, day.weekday()))
    if which is None:
        return False
    return (day + 7 * _DAY).month != day.month if which < 0 else (day.day + 6) // 7 == which
