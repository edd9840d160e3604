"""The note of a supervised clinician lacks the supervisor's signature.

Source: Novitas Solutions psychotherapy checklist.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NOVITAS_CHECKLIST
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N48",)


@check(
    id="CG736",
    version=1,
    title="Supervisor has not signed",
    category="note",
    severity=Severity.ERROR,
    source=NOVITAS_CHECKLIST,
    scope="note",
    needs=Needs.NOTE,
    suggested_step="Ask for the supervisor's signature.",
    provider_message="Please have your supervisor sign with name, credentials and date.",
    request_items=("signature",),
)
def supervisor_signature(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(supervisor_signature, session, context, _ELEMENTS)
