"""The note does not say why this care is needed now.

Source: Headway on what a clawback is.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import CLAWBACKS
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N26",)


@check(
    id="CG720",
    version=1,
    title="Medical necessity not in the note",
    category="note",
    severity=Severity.ERROR,
    source=CLAWBACKS,
    scope="note",
    needs=Needs.NOTE,
    suggested_step="Ask why the care was needed then.",
    provider_message="Please say why this care was needed; for a long session, why it was long.",
    request_items=("progress_note",),
)
def necessity_in_note(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(necessity_in_note, session, context, _ELEMENTS)
