"""Testing is billed and the note does not split the minutes by activity.

Source: Headway CPT codes and documentation.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NETWORK_CODES
from clawguard.domain.codesets.groups import TESTING
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N47",)


@check(
    id="CG735",
    version=1,
    title="Testing time not split",
    category="note",
    severity=Severity.ERROR,
    source=NETWORK_CODES,
    scope="note",
    codes=TESTING,
    needs=Needs.NOTE,
    suggested_step="Ask for minutes by activity and date.",
    provider_message="Please add minutes by activity and date.",
    request_items=("start_stop_times",),
)
def testing_time_in_note(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(testing_time_in_note, session, context, _ELEMENTS)
