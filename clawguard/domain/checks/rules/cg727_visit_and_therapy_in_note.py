"""A visit is not documented apart from therapy, or lacks two of problems, data and risk.

Source: Texas Medical Association, psychotherapy with an office visit.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import VISIT_AND_THERAPY
from clawguard.domain.codesets.groups import THERAPY_ADD_ON
from clawguard.domain.facts import SessionFacts
from clawguard.domain.notes.elements.registry import VISITS

_ELEMENTS = ("N35", "N36")


@check(
    id="CG727",
    version=1,
    title="Visit not documented apart from therapy",
    category="note",
    severity=Severity.ERROR,
    source=VISIT_AND_THERAPY,
    scope="note",
    codes=VISITS | THERAPY_ADD_ON,
    needs=Needs.NOTE,
    suggested_step="Ask for minutes of the therapy and the parts of the visit.",
    provider_message=(
        "Please keep the visit and the therapy apart, with minutes of the therapy alone, and problems, data "
        "and risk of the visit."
    ),
    request_items=("progress_note", "start_stop_times"),
)
def visit_and_therapy_in_note(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(visit_and_therapy_in_note, session, context, _ELEMENTS)
