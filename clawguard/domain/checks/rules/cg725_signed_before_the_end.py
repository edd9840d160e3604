"""The note was signed before the session ended.

Source: Headway billing and documentation reviews.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NETWORK_REVIEWS
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N33",)


@check(
    id="CG725",
    version=1,
    title="Signed before the session ended",
    category="note",
    severity=Severity.ERROR,
    source=NETWORK_REVIEWS,
    scope="note",
    needs=Needs.NOTE,
    suggested_step="Ask when the note was signed; often a date is a slip.",
    provider_message="The signature is dated before the end of the session. Please check the date.",
    request_items=("explanation",),
)
def signed_before_the_end(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(signed_before_the_end, session, context, _ELEMENTS)
