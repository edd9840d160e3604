"""The minutes in the note are fewer or more than the billed code stands for, or cannot be read.

Source: Novitas Solutions, psychotherapy billing (Medicare).
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NOVITAS_TIMES
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N08",)


@check(
    id="CG705",
    version=1,
    title="Minutes in the note do not support the code",
    category="note",
    severity=Severity.ERROR,
    source=NOVITAS_TIMES,
    scope="note",
    needs=Needs.NOTE,
    suggested_step="Ask which times are right; if the note is, the code is that of its minutes.",
    provider_message="The minutes in your note and the code do not go together. Please check the times, or the code.",
    request_items=("start_stop_times", "explanation"),
)
def minutes_and_code(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(minutes_and_code, session, context, _ELEMENTS)
