"""Records of a substance use programme, and no consent to their use is on file.

Source: 42 CFR 2.13 and 2.31, programme records and the consent to their use.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import ZERO, Finding, Severity
from clawguard.domain.checks.noting import GAPS, finding_about, verdicts
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import PROGRAMME_RECORDS
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N58",)


@check(
    id="CG743",
    version=1,
    title="Program records without consent",
    category="note",
    severity=Severity.ERROR,
    source=PROGRAMME_RECORDS,
    scope="note",
    needs=Needs.NOTE,
    suggested_step="Do not pass the note on. Look for the consent and state it; ask only if it is nowhere.",
    provider_message="Please send the client's consent to the use of these records for payment, if you have it.",
    request_items=("explanation",),
)
def programme_records(session: SessionFacts, context: Context) -> Iterator[Finding]:
    """Speaks where it is stated that the records are a programme's and that no consent is on file."""
    gaps = [each for each in verdicts(context, _ELEMENTS) if each.verdict in GAPS]
    if gaps:
        yield finding_about(programme_records, session, gaps, at_risk=ZERO)
