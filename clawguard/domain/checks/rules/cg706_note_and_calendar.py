"""Start or stop in the note is more than a few minutes from the calendar.

Source: Headway billing and documentation reviews.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NETWORK_REVIEWS
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N09",)


@check(
    id="CG706",
    version=1,
    title="Times in the note differ from the calendar",
    category="note",
    severity=Severity.WARNING,
    source=NETWORK_REVIEWS,
    scope="note",
    needs=Needs.NOTE,
    suggested_step="Ask which of the two is right.",
    provider_message="The times in your note and in the calendar differ. Please tell us which are right.",
    request_items=("explanation",),
)
def note_and_calendar(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(note_and_calendar, session, context, _ELEMENTS)
