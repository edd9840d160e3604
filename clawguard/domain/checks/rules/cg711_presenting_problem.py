"""The note does not tell what the client reported.

Source: HHS Office of Inspector General, psychotherapy audit A-09-21-03021.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import OIG_AUDIT
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N17",)


@check(
    id="CG711",
    version=1,
    title="No symptoms or presenting problem in the note",
    category="note",
    severity=Severity.ERROR,
    source=OIG_AUDIT,
    scope="note",
    needs=Needs.NOTE,
    suggested_step="Ask for what the client reported, in an addendum.",
    provider_message="Please add what the client reported in this session.",
    request_items=("progress_note",),
)
def presenting_problem(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(presenting_problem, session, context, _ELEMENTS)
