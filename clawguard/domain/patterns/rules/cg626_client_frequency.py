"""One client is seen more often, for longer, than reviews let pass without a look.

Source: The Insurance Maze on frequency reviews: more than thirty sessions in eight months; more than two a week for
more than eight weeks is our own reading. Individual sessions with one provider; weeks begin on Monday. The plan usually
says why.
"""

import datetime as dt
from collections.abc import Iterator

from clawguard.domain.checks.finding import Severity
from clawguard.domain.checks.sources import FREQUENCY_LETTERS
from clawguard.domain.patterns.days import INDIVIDUAL
from clawguard.domain.patterns.period import Period, months_on
from clawguard.domain.patterns.registry import PatternFinding, pattern

_MONTHS = 8
_WEEK = dt.timedelta(days=7)


@pattern(
    id="CG626",
    version=1,
    title="One client seen very often",
    severity=Severity.WARNING,
    source=FREQUENCY_LETTERS,
    suggested_step="Read the treatment plan; it states the frequency and why.",
    thresholds=(
        "sessions_in_eight_months",
        "sessions_a_week",
        "weeks_of_frequency",
    ),
    codes=INDIVIDUAL,
)
def client_frequency(period: Period) -> Iterator[PatternFinding]:
    for client in sorted({client for day in period.this_month for client in day.clients}):
        yield from _long_run(period, client)
        yield from _many(period, client)


def _many(period: Period, client: str) -> Iterator[PatternFinding]:
    most, first = period.policy.sessions_in_eight_months, months_on(period.month, 1 - _MONTHS)
    count = period.sessions_of(client, first, period.last_day)
    if count > most:
        yield client_frequency.finding(
            period,
            f"{count} individual sessions with one client in eight months.",
            {"what": "eight months", "sessions": count, "usual_maximum": most},
            first_day=first,
            client=client,
        )


def _long_run(period: Period, client: str) -> Iterator[PatternFinding]:
    usual, longest = period.policy.sessions_a_week, period.policy.weeks_of_frequency
    weeks: dict[dt.date, int] = {}
    for day, count in period.by_client[client]:
        if day <= period.last_day:
            monday = day - dt.timedelta(days=day.weekday())
            weeks[monday] = weeks.get(monday, 0) + count
    last = max((monday for monday, count in weeks.items() if count > usual), default=None)
    if last is None or last + _WEEK <= period.month:
        return  # the last such week lies before this month
    first = last
    while weeks.get(first - _WEEK, 0) > usual:
        first -= _WEEK
    run = (last - first).days // 7 + 1
    if run > longest:
        yield client_frequency.finding(
            period,
            f"More than {usual} individual sessions a week with one client for {run} weeks in a row.",
            {"what": "weeks in a row", "weeks": run, "usual_maximum": longest, "a_week": usual},
            first_day=first,
            last_day=min(last + dt.timedelta(days=6), period.last_day),
            client=client,
        )
