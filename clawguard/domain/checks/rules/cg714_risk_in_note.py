"""The note does not show that harm to oneself or others was asked about.

Source: Headway on keeping progress notes.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NETWORK_NOTES
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N20",)


@check(
    id="CG714",
    version=1,
    title="Risk not asked about in the note",
    category="note",
    severity=Severity.ERROR,
    source=NETWORK_NOTES,
    scope="note",
    needs=Needs.NOTE,
    suggested_step="Ask what was assessed that day.",
    provider_message="Please say what you asked about suicide and harm to others, and the answer.",
    request_items=("progress_note",),
)
def risk_in_note(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(risk_in_note, session, context, _ELEMENTS)
