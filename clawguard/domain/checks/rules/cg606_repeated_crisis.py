"""A client has crisis sessions on more than two days within 30 days.

Source: BCBS Illinois psychotherapy policy describes crisis work as urgent and rare; the numbers are this product's own
starting values. Often it is right, and then the question is whether the level of care still is.
"""

import datetime as dt
from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import BCBSIL
from clawguard.domain.codesets.groups import CRISIS
from clawguard.domain.facts import SessionFacts

_USUAL_DAYS = 2
_WINDOW = dt.timedelta(days=29)  # with the day itself: 30


@check(
    id="CG606",
    version=1,
    title="Crisis work on many days",
    category="patterns",
    scope="history",
    severity=Severity.WARNING,
    source=BCBSIL,
    codes=CRISIS,
    needs=Needs.HISTORY,
    back=lambda _policy: _WINDOW.days,
    suggested_step="Ask for the notes of the crisis sessions and the safety plan.",
    provider_message=(
        "There are several crisis sessions with this client. The notes and the safety plan help us answer the payer."
    ),
    request_items=("progress_note", "treatment_plan"),
)
def repeated_crisis(session: SessionFacts, context: Context) -> Iterator[Finding]:
    day, crisis = session.date_of_service, context.tables.codes(CRISIS)
    earlier = {
        each.date_of_service: each.external_id
        for each in context.history
        if day - _WINDOW <= each.date_of_service < day and not each.codes.isdisjoint(crisis)
    }
    days = len(earlier) + 1
    if days <= _USUAL_DAYS:
        return
    line = next(line for line in session.service_lines if line.code in crisis)
    yield repeated_crisis.finding(
        session,
        f"Crisis work on {days} days within 30 days.",
        evidence={"code": line.code, "days": days, "usual_maximum": _USUAL_DAYS},
        line=line,
        related=tuple(earlier[each] for each in sorted(earlier)),
    )
