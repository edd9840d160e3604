"""An addendum is not headed, dated and signed, or changes the note or the code.

Source: Headway feedback for billing compliance.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NETWORK_ADDENDA
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N52", "N53")


@check(
    id="CG739",
    version=1,
    title="Addendum out of form",
    category="note",
    severity=Severity.ERROR,
    source=NETWORK_ADDENDA,
    scope="note",
    needs=Needs.NOTE,
    suggested_step="Return it with what is missing; keep the original beside it.",
    provider_message=(
        "Please head the addition as an addendum, date and sign it, and leave the original and the code as they are."
    ),
    request_items=("addendum",),
)
def addendum_form(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(addendum_form, session, context, _ELEMENTS)
