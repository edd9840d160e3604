"""A telehealth note lacks method, platform, consent, the state of the client, or why there was no video.

Source: Headway on what insurers look for in notes.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NETWORK_GAPS
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N11", "N12", "N13", "N14")


@check(
    id="CG708",
    version=1,
    title="Telehealth details missing in the note",
    category="note",
    severity=Severity.ERROR,
    source=NETWORK_GAPS,
    scope="note",
    needs=Needs.NOTE,
    suggested_step="Ask for an addendum with the missing detail.",
    provider_message=(
        "Please add how you met, that the platform is secure, consent, the state the client was in, and for a "
        "phone session why there was no video."
    ),
    request_items=("addendum",),
)
def telehealth_details(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(telehealth_details, session, context, _ELEMENTS)
