"""Most of the wording of a note stands in an earlier note.

Source: Headway billing and documentation reviews.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NETWORK_REVIEWS
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N34",)


@check(
    id="CG726",
    version=1,
    title="Wording of an earlier note",
    category="note",
    severity=Severity.WARNING,
    source=NETWORK_REVIEWS,
    scope="note",
    needs=Needs.NOTE,
    suggested_step="Read both notes side by side before asking.",
    provider_message=(
        "Much of this note has the words of an earlier one. Please say in an addendum what was particular "
        "about this session."
    ),
    request_items=("explanation", "addendum"),
)
def copied_note(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(copied_note, session, context, _ELEMENTS)
