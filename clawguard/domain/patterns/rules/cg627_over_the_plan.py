"""More individual sessions with a client than the treatment plan states.

Source: Headway billing and documentation reviews compare the frequency with the plan. The plan's frequency is a stated
fact; without one nothing is said. Weeks begin on Monday and belong to the month in which they begin.
"""

import datetime as dt
from collections.abc import Iterator

from clawguard.domain.checks.finding import Severity
from clawguard.domain.checks.sources import NETWORK_REVIEWS
from clawguard.domain.patterns.days import INDIVIDUAL
from clawguard.domain.patterns.period import Period, Plan
from clawguard.domain.patterns.registry import PatternFinding, pattern


@pattern(
    id="CG627",
    version=1,
    title="More sessions than the plan states",
    severity=Severity.WARNING,
    source=NETWORK_REVIEWS,
    suggested_step="Ask for the plan in force; it may have been changed since it was stated.",
    codes=INDIVIDUAL,
)
def over_the_plan(period: Period) -> Iterator[PatternFinding]:
    for client, plans in sorted(period.plans.items()):
        yield from _of_weeks(period, client, [plan for plan in plans if plan.per == "week"])
        yield from _of_month(period, client, [plan for plan in plans if plan.per == "month"])


def _of_weeks(period: Period, client: str, plans: list[Plan]) -> Iterator[PatternFinding]:
    over = []
    monday = period.month + dt.timedelta(days=-period.month.weekday() % 7)
    while monday <= period.last_day:
        plan = next((plan for plan in reversed(plans) if plan.holds(monday)), None)
        if plan is not None:
            count = period.sessions_of(client, monday, monday + dt.timedelta(days=6))
            if count > plan.sessions:
                over.append([monday.isoformat(), count, plan.sessions])
        monday += dt.timedelta(days=7)
    if over:
        yield over_the_plan.finding(
            period,
            f"{len(over)} {'week' if len(over) == 1 else 'weeks'} with more sessions of a client than the plan states.",
            {"per": "week", "weeks": over},
            client=client,
        )


def _of_month(period: Period, client: str, plans: list[Plan]) -> Iterator[PatternFinding]:
    plan = next((plan for plan in reversed(plans) if plan.holds(period.month)), None)
    if plan is None:
        return
    count = period.sessions_of(client, period.month, period.last_day)
    if count > plan.sessions:
        yield over_the_plan.finding(
            period,
            f"{count} sessions of a client in the month; the plan states {plan.sessions}.",
            {"per": "month", "sessions": count, "planned": plan.sessions},
            client=client,
        )
