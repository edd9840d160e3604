"""Nearly all sessions of the longest code end at one and the same minute: 53, the least it allows, or exactly 60.

Source: HHS OIG General Compliance Program Guidance asks to look at what records repeat; the numbers are our own. Times
taken from the calendar explain it as well as anything else.
"""

from collections.abc import Iterator

from clawguard.domain.checks.finding import Severity
from clawguard.domain.checks.sources import MONITORING
from clawguard.domain.patterns.days import LONG
from clawguard.domain.patterns.period import Period
from clawguard.domain.patterns.registry import PatternFinding, pattern

_LOOKED_AT = (53, 60)


@pattern(
    id="CG624",
    version=1,
    title="The same minute again and again",
    severity=Severity.WARNING,
    source=MONITORING,
    suggested_step="Ask for the real start and stop times of a few sessions.",
    thresholds=(
        "exact_minute_sessions",
        "exact_minute_percent",
    ),
    codes=frozenset({LONG}),
)
def same_minute(period: Period) -> Iterator[PatternFinding]:
    minutes: dict[int, int] = {}
    for day in period.this_month:
        for minute, count in day.long_minutes.items():
            minutes[minute] = minutes.get(minute, 0) + count
    whole = sum(minutes.values())
    if whole < period.policy.exact_minute_sessions:
        return
    for minute in _LOOKED_AT:
        count = minutes.get(minute, 0)
        if count * 100 > period.policy.exact_minute_percent * whole:
            yield same_minute.finding(
                period,
                f"{count} of {whole} sessions of 90837 lasted exactly {minute} minutes.",
                {
                    "minute": minute,
                    "count": count,
                    "sessions": whole,
                    "minutes": [list(p) for p in sorted(minutes.items())],
                },
                code="90837",
            )
