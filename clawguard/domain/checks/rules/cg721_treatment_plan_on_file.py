"""There is no treatment plan in force on the day, or it is incomplete or unsigned.

Source: HHS Office of Inspector General, psychotherapy audit A-09-21-03021.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import OIG_AUDIT
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N27", "N28", "N29")


@check(
    id="CG721",
    version=1,
    title="Treatment plan missing, old or incomplete",
    category="note",
    severity=Severity.ERROR,
    source=OIG_AUDIT,
    scope="note",
    needs=Needs.NOTE,
    suggested_step="Ask for the plan in force on the day.",
    provider_message="Please send the treatment plan that was in force on that day, complete and signed.",
    request_items=("treatment_plan",),
)
def treatment_plan_on_file(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(treatment_plan_on_file, session, context, _ELEMENTS)
