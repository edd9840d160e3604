"""The note does not tie progress, or the lack of it, to a named goal.

Source: Headway on what insurers look for in notes.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NETWORK_GAPS
from clawguard.domain.facts import SessionFacts
from clawguard.domain.notes.elements.registry import THERAPIES

_ELEMENTS = ("N24",)


@check(
    id="CG718",
    version=1,
    title="No progress to a named goal in the note",
    category="note",
    severity=Severity.ERROR,
    source=NETWORK_GAPS,
    scope="note",
    codes=THERAPIES,
    needs=Needs.NOTE,
    suggested_step="Ask which goal of the plan was worked on and how far it got.",
    provider_message="Please name the treatment goal and how far it got this time; no progress is an answer, too.",
    request_items=("progress_note",),
)
def progress_to_goal(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(progress_to_goal, session, context, _ELEMENTS)
