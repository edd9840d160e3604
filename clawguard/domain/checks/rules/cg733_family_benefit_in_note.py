"""A family note does not say how the session treats the client.

Source: Oklahoma OAC 317:30-5-248, documentation of records.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import OKLAHOMA_NOTES
from clawguard.domain.facts import SessionFacts
from clawguard.domain.notes.elements.registry import FAMILIES

_ELEMENTS = ("N45",)


@check(
    id="CG733",
    version=1,
    title="How family work treats the client is missing",
    category="note",
    severity=Severity.ERROR,
    source=OKLAHOMA_NOTES,
    scope="note",
    codes=FAMILIES,
    needs=Needs.NOTE,
    suggested_step="Ask how the session treated the client.",
    provider_message="Please say how the family session treats the client's condition.",
    request_items=("progress_note",),
)
def family_benefit_in_note(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(family_benefit_in_note, session, context, _ELEMENTS)
