"""Interactive complexity is billed and the note names none of its four factors.

Source: NGS Medicare on LCD L33632.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NGS_GROUP
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N41",)


@check(
    id="CG730",
    version=1,
    title="No factor of complexity in the note",
    category="note",
    severity=Severity.ERROR,
    source=NGS_GROUP,
    scope="note",
    codes=frozenset({"90785"}),
    needs=Needs.NOTE,
    suggested_step="Ask what made communication complex, or remove the add-on.",
    provider_message="Please say what made communication complex in this session.",
    request_items=("progress_note", "explanation"),
)
def complexity_in_note(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(complexity_in_note, session, context, _ELEMENTS)
