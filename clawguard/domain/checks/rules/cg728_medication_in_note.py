"""The note of a prescriber lacks drug, dose or effects.

Source: Novitas Solutions psychotherapy checklist.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NOVITAS_CHECKLIST
from clawguard.domain.codesets.groups import THERAPY_ADD_ON
from clawguard.domain.facts import SessionFacts
from clawguard.domain.notes.elements.registry import VISITS

_ELEMENTS = ("N37",)


@check(
    id="CG728",
    version=1,
    title="Medication not reviewed in the note",
    category="note",
    severity=Severity.WARNING,
    source=NOVITAS_CHECKLIST,
    scope="note",
    codes=VISITS | THERAPY_ADD_ON | frozenset({"90792"}),
    needs=Needs.NOTE,
    suggested_step="A person looks at the medication list.",
    provider_message="Please add drug, dose and effects, or that there is no medication.",
    request_items=("progress_note",),
)
def medication_in_note(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(medication_in_note, session, context, _ELEMENTS)
