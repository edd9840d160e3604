"""Days of a month with more hours of sessions than is plausible.

Source: HHS OIG review A-05-01-00068, which looked at days of twelve hours and more. Shared time counts once, so groups
and overlaps do not add up. A total without clock times is added whole; of groups and programmes without them only the
longest, because they may have been one. The thresholds are starting values of the policy.
"""

from collections.abc import Iterator

from clawguard.domain.checks.finding import Severity
from clawguard.domain.checks.sources import LONG_DAYS
from clawguard.domain.patterns.period import Period
from clawguard.domain.patterns.registry import PatternFinding, pattern


@pattern(
    id="CG628",
    version=1,
    title="Very long working days",
    severity=Severity.WARNING,
    source=LONG_DAYS,
    suggested_step="Compare the days with the provider's calendar; a wrong time of one session explains a number.",
    thresholds=("long_day_minutes", "very_long_day_minutes"),
)
def hours_in_a_day(period: Period) -> Iterator[PatternFinding]:
    usual = period.policy.long_day_minutes
    days = [day for day in period.this_month if day.minutes > usual]
    if not days:
        return
    most = max(day.minutes for day in days)
    yield hours_in_a_day.finding(
        period,
        f"{len(days)} {'day' if len(days) == 1 else 'days'} with more than {_hours(usual)} of sessions; "
        f"the most: {_hours(most)}.",
        {"usual_maximum": usual, "most": most, "days": [[day.day.isoformat(), day.minutes] for day in days]},
        severity=Severity.ERROR if most > period.policy.very_long_day_minutes else None,
        first_day=days[0].day,
        last_day=days[-1].day,
    )


def _hours(minutes: int) -> str:
    return f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} hours"
