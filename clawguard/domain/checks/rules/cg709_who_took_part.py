"""A note of family, group or crisis work does not say who took part, or says otherwise than the code.

Source: Headway CPT codes and documentation.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NETWORK_CODES
from clawguard.domain.codesets.groups import FAMILY, GROUP
from clawguard.domain.facts import SessionFacts
from clawguard.domain.notes.elements.registry import ANY_CRISIS

_ELEMENTS = ("N15",)


@check(
    id="CG709",
    version=1,
    title="Who took part is missing or another",
    category="note",
    severity=Severity.ERROR,
    source=NETWORK_CODES,
    scope="note",
    codes=FAMILY | GROUP | ANY_CRISIS,
    needs=Needs.NOTE,
    suggested_step="Ask who took part; the code follows from it.",
    provider_message="Please list who took part, by relation or initials, no names of others.",
    request_items=("explanation",),
)
def who_took_part(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(who_took_part, session, context, _ELEMENTS)
