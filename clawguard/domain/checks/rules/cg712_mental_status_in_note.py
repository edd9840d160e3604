"""The note holds no observation of the mental status.

Source: NGS Medicare on LCD L33632.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NGS_GROUP
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N18",)


@check(
    id="CG712",
    version=1,
    title="No mental status in the note",
    category="note",
    severity=Severity.WARNING,
    source=NGS_GROUP,
    scope="note",
    needs=Needs.NOTE,
    suggested_step="A person looks; it is required for evaluations and crisis work.",
    provider_message="Please add what you observed: mood, affect, orientation, thinking.",
    request_items=("progress_note",),
)
def mental_status_in_note(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(mental_status_in_note, session, context, _ELEMENTS)
