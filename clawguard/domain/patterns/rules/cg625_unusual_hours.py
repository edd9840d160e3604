"""Sessions at night or on federal holidays, with those of weekends beside them. Information only.

Source: HHS OIG General Compliance Program Guidance on monitoring; the hours are values of the policy, read on the
practice's own clock. Telehealth made unusual hours common.
"""

from collections.abc import Iterator

from clawguard.domain.checks.finding import Severity
from clawguard.domain.checks.sources import MONITORING
from clawguard.domain.patterns.period import Period
from clawguard.domain.patterns.registry import PatternFinding, pattern


@pattern(
    id="CG625",
    version=1,
    title="Nights and holidays",
    severity=Severity.INFO,
    source=MONITORING,
    suggested_step="Nothing by itself; it helps to read other patterns.",
    thresholds=(
        "night_from",
        "night_until",
    ),
)
def unusual_hours(period: Period) -> Iterator[PatternFinding]:
    begins, ends = period.policy.night_from, period.policy.night_until
    night = sum(
        count for day in period.this_month for hour, count in day.hours.items() if hour >= begins or hour < ends
    )
    holidays = [day for day in period.this_month if day.day in period.holidays]
    if not night and not holidays:
        return
    weekend = sum(day.visits for day in period.this_month if day.day.weekday() >= 5)
    off = sum(day.visits for day in holidays)
    yield unusual_hours.finding(
        period,
        f"{night} sessions begin before {ends:02}:00 or from {begins:02}:00 on; {off} on federal holidays, "
        f"{weekend} on weekends.",
        {
            "night": night,
            "holiday": off,
            "weekend": weekend,
            "sessions": sum(day.visits for day in period.this_month),
            "holidays": [day.day.isoformat() for day in holidays],
        },
    )
