"""An evaluation lacks one of its histories, the prognosis or the initial plan.

Source: NGS Medicare on LCD L33632.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NGS_GROUP
from clawguard.domain.codesets.groups import EVALUATION
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N38", "N39", "N40")


@check(
    id="CG729",
    version=1,
    title="Parts of the evaluation missing",
    category="note",
    severity=Severity.ERROR,
    source=NGS_GROUP,
    scope="note",
    codes=EVALUATION,
    needs=Needs.NOTE,
    suggested_step="Ask for the missing parts.",
    provider_message="Please complete the evaluation: histories, prognosis, initial plan.",
    request_items=("progress_note",),
)
def evaluation_in_note(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(evaluation_in_note, session, context, _ELEMENTS)
