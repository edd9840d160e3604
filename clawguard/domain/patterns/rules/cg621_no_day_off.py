"""Sessions on nearly every day of a long stretch, weekends and holidays included.

Source: HHS OIG on Oceanside Medical Group, two of whose providers billed on all but five days of two years. The window
ends with the last day with sessions of the month.
"""

import datetime as dt
from collections.abc import Iterator

from clawguard.domain.checks.finding import Severity
from clawguard.domain.checks.sources import OIG_OCEANSIDE
from clawguard.domain.patterns.period import Period
from clawguard.domain.patterns.registry import PatternFinding, pattern


@pattern(
    id="CG621",
    version=1,
    title="Hardly a day without sessions",
    severity=Severity.WARNING,
    source=OIG_OCEANSIDE,
    suggested_step="Ask who else works under this number, and compare with the calendar.",
    thresholds=(
        "days_off_window",
        "days_worked_percent",
    ),
)
def no_day_off(period: Period) -> Iterator[PatternFinding]:
    window, percent = period.policy.days_off_window, period.policy.days_worked_percent
    last = period.this_month[-1].day
    first = last - dt.timedelta(days=window - 1)
    worked = len(period.between(first, last))
    if worked * 100 > percent * window:
        yield no_day_off.finding(
            period,
            f"Sessions on {worked} of the {window} days up to {last.isoformat()}.",
            {"days_with_sessions": worked, "days": window, "usual_maximum_percent": percent},
            first_day=first,
            last_day=last,
        )
