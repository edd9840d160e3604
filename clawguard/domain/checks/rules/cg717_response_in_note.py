"""The note does not tell how the client responded to the intervention.

Source: Oklahoma OAC 317:30-5-248, documentation of records.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import OKLAHOMA_NOTES
from clawguard.domain.facts import SessionFacts
from clawguard.domain.notes.elements.registry import THERAPIES

_ELEMENTS = ("N23",)


@check(
    id="CG717",
    version=1,
    title="Client's response not in the note",
    category="note",
    severity=Severity.ERROR,
    source=OKLAHOMA_NOTES,
    scope="note",
    codes=THERAPIES,
    needs=Needs.NOTE,
    suggested_step="Ask how the client responded.",
    provider_message="Please say how the client responded to what you did.",
    request_items=("progress_note",),
)
def response_in_note(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(response_in_note, session, context, _ELEMENTS)
