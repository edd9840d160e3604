"""Many sessions in a row without a minute between them, or a month in which every session keeps to quarters of an hour.

Source: HHS OIG General Compliance Program Guidance asks to look at what records repeat; the numbers are our own. Times
that were rounded to the calendar's slots explain most of it.
"""

from collections.abc import Iterator

from clawguard.domain.checks.finding import Severity
from clawguard.domain.checks.sources import MONITORING
from clawguard.domain.patterns.period import Period
from clawguard.domain.patterns.registry import PatternFinding, pattern


@pattern(
    id="CG623",
    version=2,
    title="Sessions without a gap",
    severity=Severity.INFO,
    source=MONITORING,
    suggested_step="Ask whether the times are the real ones or the calendar's slots.",
    thresholds=("sessions_without_gap", "exact_minute_sessions"),
)
def no_gap(period: Period) -> Iterator[PatternFinding]:
    yield from _in_a_row(period)
    yield from _at_slots(period)


def _in_a_row(period: Period) -> Iterator[PatternFinding]:
    usual = period.policy.sessions_without_gap
    days = [day for day in period.this_month if day.unbroken > usual]
    if not days:
        return
    most = max(day.unbroken for day in days)
    yield no_gap.finding(
        period,
        f"Up to {most} sessions in a row without a minute between them, "
        f"on {len(days)} {'day' if len(days) == 1 else 'days'}.",
        {"usual_maximum": usual, "most": most, "days": [[day.day.isoformat(), day.unbroken] for day in days]},
        first_day=days[0].day,
        last_day=days[-1].day,
    )


def _at_slots(period: Period) -> Iterator[PatternFinding]:
    timed = sum(day.timed for day in period.this_month)
    if timed < period.policy.exact_minute_sessions or any(day.at_slots < day.timed for day in period.this_month):
        return
    yield no_gap.finding(
        period,
        f"All {timed} sessions of the month begin and end exactly on a quarter of an hour.",
        {"what": "quarters", "sessions": timed},
    )
