"""The note does not name the provider with credentials and a number.

Source: Headway on keeping progress notes.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NETWORK_NOTES
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N04", "N05")


@check(
    id="CG703",
    version=1,
    title="Provider not named with credentials",
    category="note",
    severity=Severity.WARNING,
    source=NETWORK_NOTES,
    scope="note",
    needs=Needs.NOTE,
    suggested_step="Compare with the roster; ask for name, credentials and number where they are missing.",
    provider_message="Please add your name, credentials and NPI or license number to the note.",
    request_items=("progress_note",),
)
def provider_and_credentials(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(provider_and_credentials, session, context, _ELEMENTS)
