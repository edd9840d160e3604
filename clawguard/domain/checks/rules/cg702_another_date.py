"""The note states another date of service, or none.

Source: Headway billing and documentation reviews.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NETWORK_REVIEWS
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N03",)


@check(
    id="CG702",
    version=1,
    title="The note is of another date",
    category="note",
    severity=Severity.ERROR,
    source=NETWORK_REVIEWS,
    scope="note",
    needs=Needs.NOTE,
    suggested_step="Compare the date in the note with the calendar; ask for the note of the session.",
    provider_message=(
        "The note does not show the date of this session. Please send the note of this day, or tell us which "
        "date is right."
    ),
    request_items=("progress_note",),
)
def another_date(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(another_date, session, context, _ELEMENTS)
