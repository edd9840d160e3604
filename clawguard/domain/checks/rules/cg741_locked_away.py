"""The file calls itself psychotherapy notes, is of another client, or of many days.

Source: 45 CFR 164.508 and 164.502(b), psychotherapy notes and minimum necessary.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import ZERO, Finding, Severity
from clawguard.domain.checks.noting import GAPS, finding_about, verdicts
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import PRIVACY
from clawguard.domain.facts import ElementVerdict, SessionFacts

_ELEMENTS = ("N56", "N57")


@check(
    id="CG741",
    version=2,
    title="Note that may not be here",
    category="note",
    severity=Severity.ERROR,
    source=PRIVACY,
    scope="note",
    needs=Needs.NOTE,
    suggested_step="Nobody opens it. The provider is asked for the note of this session.",
    provider_message="We locked this file away. Please send only the progress note of this client and this day.",
    request_items=("progress_note",),
)
def locked_away(session: SessionFacts, context: Context) -> Iterator[Finding]:
    """Speaks of what was read, and where a file was locked away without a reading, of why it was."""
    gaps = [each for each in verdicts(context, _ELEMENTS) if each.verdict in GAPS]
    locked = context.note.quarantined if context.note is not None else None
    if locked and not gaps:
        element = "N56" if locked == "psychotherapy_notes" else "N57"
        gaps = [ElementVerdict(element, "contradicted", "high", locked)]
    if gaps:
        yield finding_about(locked_away, session, gaps, at_risk=ZERO)
