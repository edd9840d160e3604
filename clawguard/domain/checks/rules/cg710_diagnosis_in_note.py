"""The note lacks the diagnosis code of the claim, or states another.

Source: Headway on keeping progress notes.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NETWORK_NOTES
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N16",)


@check(
    id="CG710",
    version=1,
    title="Diagnosis in the note missing or another",
    category="note",
    severity=Severity.ERROR,
    source=NETWORK_NOTES,
    scope="note",
    needs=Needs.NOTE,
    suggested_step="Compare with the claim; a wrong code on the claim may be ours.",
    provider_message="Please add the ICD-10 code of the diagnosis that was treated, or check it.",
    request_items=("progress_note", "explanation"),
)
def diagnosis_in_note(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(diagnosis_in_note, session, context, _ELEMENTS)
