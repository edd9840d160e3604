"""A questionnaire is billed and the note lacks its name or score.

Source: Headway CPT codes and documentation.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NETWORK_CODES
from clawguard.domain.facts import SessionFacts
from clawguard.domain.notes.elements.registry import SCREENING

_ELEMENTS = ("N46",)


@check(
    id="CG734",
    version=1,
    title="Instrument without its score",
    category="note",
    severity=Severity.ERROR,
    source=NETWORK_CODES,
    scope="note",
    codes=SCREENING,
    needs=Needs.NOTE,
    suggested_step="Ask for name and score, never for the filled-in form.",
    provider_message="Please name the instrument and its score; the form itself is not needed.",
    request_items=("progress_note",),
)
def score_in_note(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(score_in_note, session, context, _ELEMENTS)
