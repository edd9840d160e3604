"""An interpreter took part and is not identified.

Source: Headway on keeping progress notes.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NETWORK_NOTES
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N50",)


@check(
    id="CG738",
    version=1,
    title="Interpreter not identified",
    category="note",
    severity=Severity.WARNING,
    source=NETWORK_NOTES,
    scope="note",
    needs=Needs.NOTE,
    suggested_step="Ask for name or number.",
    provider_message="Please add the interpreter's name or number.",
    request_items=("addendum",),
)
def interpreter_in_note(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(interpreter_in_note, session, context, _ELEMENTS)
