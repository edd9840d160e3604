"""The note names no method or technique that was used in the session.

Source: HHS Office of Inspector General, psychotherapy audit A-09-21-03021.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import OIG_AUDIT
from clawguard.domain.facts import SessionFacts
from clawguard.domain.notes.elements.registry import ANY_CRISIS, THERAPIES

_ELEMENTS = ("N22",)


@check(
    id="CG716",
    version=1,
    title="No intervention named in the note",
    category="note",
    severity=Severity.ERROR,
    source=OIG_AUDIT,
    scope="note",
    codes=THERAPIES | ANY_CRISIS,
    needs=Needs.NOTE,
    suggested_step="Ask what was done in the session.",
    provider_message="Please name what you did: the method or technique.",
    request_items=("progress_note",),
)
def intervention_in_note(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(intervention_in_note, session, context, _ELEMENTS)
