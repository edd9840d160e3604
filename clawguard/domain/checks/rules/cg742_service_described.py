"""The note describes a group, family, individual or ordinary session where another service is billed.

Source: Headway clawback protection guidelines.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import POLICY
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N59",)


@check(
    id="CG742",
    version=1,
    title="The note describes another service",
    category="note",
    severity=Severity.ERROR,
    source=POLICY,
    scope="note",
    needs=Needs.NOTE,
    suggested_step="Read the note; ask which service it was.",
    provider_message="Please check whether the billed code is that of the session you describe.",
    request_items=("progress_note", "explanation"),
)
def service_described(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(service_described, session, context, _ELEMENTS)
