"""US federal holidays, in-lieu days included, from the ``holidays`` package into the pure calendar."""

from __future__ import annotations

from functools import cache

import holidays

from clawguard.domain.calendar import HolidayCalendar

FIRST_YEAR = 2015
LAST_YEAR = 2045


@cache
def federal_calendar(first_year: int = FIRST_YEAR, last_year: int = LAST_YEAR) -> HolidayCalendar:
    """The federal calendar for the years given, both included. State holidays are not days off in it.

    The year after the last is loaded too: a New Year's Day on a Saturday is kept on the 31st of December before it.
    """
    table = holidays.country_holidays("US", years=range(first_year, last_year + 2), observed=True)
    within = {day: name for day, name in sorted(table.items()) if first_year <= day.year <= last_year}
    return HolidayCalendar(
        name="US federal holidays",
        version=f"holidays {holidays.__version__}",
        holidays=within,
        first_year=first_year,
        last_year=last_year,
    )
