"""A crisis note does not tell urgency, distress, resources and outcome.

Source: Oklahoma OAC 317:30-5-248, documentation of records.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import OKLAHOMA_NOTES
from clawguard.domain.facts import SessionFacts
from clawguard.domain.notes.elements.registry import ANY_CRISIS

_ELEMENTS = ("N42",)


@check(
    id="CG731",
    version=1,
    title="The crisis is not told",
    category="note",
    severity=Severity.ERROR,
    source=OKLAHOMA_NOTES,
    scope="note",
    codes=ANY_CRISIS,
    needs=Needs.NOTE,
    suggested_step="Ask for what led to it and how it ended.",
    provider_message="Please add what led to the crisis, the distress, who was brought in, and how it ended.",
    request_items=("progress_note",),
)
def crisis_in_note(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(crisis_in_note, session, context, _ELEMENTS)
