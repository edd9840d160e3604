"""The note does not say where the session took place, or says otherwise than billed.

Source: Headway on what insurers look for in notes.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NETWORK_GAPS
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N10",)


@check(
    id="CG707",
    version=1,
    title="Place missing in the note, or another one",
    category="note",
    severity=Severity.ERROR,
    source=NETWORK_GAPS,
    scope="note",
    needs=Needs.NOTE,
    suggested_step="Ask where the session took place; a wrong place may be our own entry.",
    provider_message="Please say where the session took place: your office, or by video or phone.",
    request_items=("progress_note", "explanation"),
)
def place_in_note(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(place_in_note, session, context, _ELEMENTS)
