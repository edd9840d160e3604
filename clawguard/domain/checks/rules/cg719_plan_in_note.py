"""The note has no plan or next steps.

Source: Headway on keeping progress notes.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NETWORK_NOTES
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N25",)


@check(
    id="CG719",
    version=1,
    title="No next steps in the note",
    category="note",
    severity=Severity.ERROR,
    source=NETWORK_NOTES,
    scope="note",
    needs=Needs.NOTE,
    suggested_step="Ask for the next steps as they were then.",
    provider_message="Please add the next steps: next session, homework, frequency.",
    request_items=("progress_note",),
)
def plan_in_note(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(plan_in_note, session, context, _ELEMENTS)
