"""The note of a timed service lacks the clock time it began or ended.

Source: Headway on keeping progress notes.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NETWORK_NOTES
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N06", "N07")


@check(
    id="CG704",
    version=1,
    title="No start or stop time in the note",
    category="note",
    severity=Severity.ERROR,
    source=NETWORK_NOTES,
    scope="note",
    needs=Needs.NOTE,
    suggested_step="Ask for the clock times in a dated addendum.",
    provider_message="Please add the clock times the session began and ended, for example 2:00 pm to 2:53 pm.",
    request_items=("start_stop_times",),
)
def start_and_stop(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(start_and_stop, session, context, _ELEMENTS)
