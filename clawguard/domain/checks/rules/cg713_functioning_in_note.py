"""The note does not say how symptoms affect daily life.

Source: HHS Office of Inspector General, psychotherapy audit A-09-21-03021.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import OIG_AUDIT
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N19",)


@check(
    id="CG713",
    version=1,
    title="No effect on functioning in the note",
    category="note",
    severity=Severity.ERROR,
    source=OIG_AUDIT,
    scope="note",
    needs=Needs.NOTE,
    suggested_step="Ask how symptoms affected daily life at that time.",
    provider_message="Please say how the symptoms affect work, school, home or relationships.",
    request_items=("progress_note",),
)
def functioning_in_note(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(functioning_in_note, session, context, _ELEMENTS)
