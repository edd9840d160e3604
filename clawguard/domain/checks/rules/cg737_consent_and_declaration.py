"""Informed consent is not on file, or the declaration was not ticked.

Source: Headway on keeping progress notes.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NETWORK_NOTES
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N49", "N54")


@check(
    id="CG737",
    version=1,
    title="Consent or declaration missing",
    category="note",
    severity=Severity.WARNING,
    source=NETWORK_NOTES,
    scope="note",
    needs=Needs.NOTE,
    suggested_step="Look for the consent; ask only if it is nowhere.",
    provider_message="Please send the informed consent, and tick the declaration with your answer.",
    request_items=("progress_note",),
)
def consent_and_declaration(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(consent_and_declaration, session, context, _ELEMENTS)
