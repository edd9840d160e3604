"""The note tells of thoughts of self-harm, or of a crisis, and of no safety plan.

Source: Headway on keeping progress notes.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NETWORK_NOTES
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N21",)


@check(
    id="CG715",
    version=1,
    title="Risk told without a safety plan",
    category="note",
    severity=Severity.ERROR,
    source=NETWORK_NOTES,
    scope="note",
    needs=Needs.NOTE,
    suggested_step="A clinician reads the note today.",
    provider_message="Please add the safety plan that was made, or tell us where it is.",
    request_items=("progress_note",),
)
def safety_plan_in_note(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(safety_plan_in_note, session, context, _ELEMENTS)
