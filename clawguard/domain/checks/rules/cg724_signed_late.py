"""The note was signed later than the network allows, without a reason.

Source: Headway documentation deadlines.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NETWORK_DEADLINES
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N32", "N51")


@check(
    id="CG724",
    version=1,
    title="Signed late",
    category="note",
    severity=Severity.ERROR,
    source=NETWORK_DEADLINES,
    scope="note",
    needs=Needs.NOTE,
    suggested_step="Ask for the reason; a late note with its reason is still a note.",
    provider_message="The note was signed late. Please say in a sentence why, and label it as a late entry.",
    request_items=("explanation",),
)
def signed_late(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(signed_late, session, context, _ELEMENTS)
