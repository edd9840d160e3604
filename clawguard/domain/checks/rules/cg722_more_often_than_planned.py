"""More sessions were billed in a week than the treatment plan states.

Source: Headway billing and documentation reviews.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NETWORK_REVIEWS
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N30",)


@check(
    id="CG722",
    version=1,
    title="More sessions than the plan states",
    category="note",
    severity=Severity.WARNING,
    source=NETWORK_REVIEWS,
    scope="note",
    needs=Needs.NOTE,
    suggested_step="Ask why there were more sessions that week.",
    provider_message=(
        "There were more sessions that week than the plan states. Please say why, or send the changed plan."
    ),
    request_items=("explanation", "treatment_plan"),
)
def more_often_than_planned(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(more_often_than_planned, session, context, _ELEMENTS)
