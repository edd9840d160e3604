"""A page of the note lacks the client's name or birth date.

Source: Headway on keeping progress notes.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NETWORK_NOTES
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N01", "N02")


@check(
    id="CG701",
    version=1,
    title="Client not named on every page",
    category="note",
    severity=Severity.ERROR,
    source=NETWORK_NOTES,
    scope="note",
    needs=Needs.NOTE,
    suggested_step="Ask for pages that carry the name and the birth date, or compare the file yourself.",
    provider_message="Please put the client's name and date of birth on every page of the note.",
    request_items=("progress_note",),
)
def client_on_every_page(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(client_on_every_page, session, context, _ELEMENTS)
