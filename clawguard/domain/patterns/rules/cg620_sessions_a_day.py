"""Days of a month with more sessions than a working day usually holds.

Source: HHS OIG on Oceanside Medical Group, whose providers billed 33 services a day on average. Rows of one group count
once. The threshold is a value of the policy.
"""

from collections.abc import Iterator

from clawguard.domain.checks.finding import Severity
from clawguard.domain.checks.sources import OIG_OCEANSIDE
from clawguard.domain.patterns.period import Period
from clawguard.domain.patterns.registry import PatternFinding, pattern


@pattern(
    id="CG620",
    version=1,
    title="Many sessions on one day",
    severity=Severity.WARNING,
    source=OIG_OCEANSIDE,
    suggested_step="Compare the days with the provider's calendar; a day of short groups explains a number.",
    thresholds=("usual_sessions_a_day",),
)
def sessions_a_day(period: Period) -> Iterator[PatternFinding]:
    usual = period.policy.usual_sessions_a_day
    days = [day for day in period.this_month if day.visits > usual]
    if not days:
        return
    most = max(day.visits for day in days)
    yield sessions_a_day.finding(
        period,
        f"{len(days)} {'day' if len(days) == 1 else 'days'} with more than {usual} sessions; the most: {most}.",
        {"usual_maximum": usual, "most": most, "days": [[day.day.isoformat(), day.visits] for day in days]},
        first_day=days[0].day,
        last_day=days[-1].day,
    )
