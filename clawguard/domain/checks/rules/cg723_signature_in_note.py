"""The note is not signed with name and credentials, or with others than on the roster.

Source: CMS Medicare Program Integrity Manual, chapter 3, section 3.3.2.4.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import SIGNATURES
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N31",)


@check(
    id="CG723",
    version=1,
    title="Signature missing or without credentials",
    category="note",
    severity=Severity.ERROR,
    source=SIGNATURES,
    scope="note",
    needs=Needs.NOTE,
    suggested_step="Ask for an attestation of the signature; late signing is not accepted.",
    provider_message="Please sign with your name, credentials and the date; a stamp is not accepted.",
    request_items=("signature",),
)
def signature_in_note(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(signature_in_note, session, context, _ELEMENTS)
