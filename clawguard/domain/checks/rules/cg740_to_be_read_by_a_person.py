"""The note cannot be read by machine: no text, hardly legible, or another language.

Source: Headway on keeping progress notes.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import finding_about, of_note, verdicts
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NETWORK_NOTES
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N55",)
_HARD = "hard_to_read"
_FOR_A_PERSON = frozenset({_HARD, "language"})


@check(
    id="CG740",
    version=1,
    title="A person reads this note",
    category="note",
    severity=Severity.WARNING,
    source=NETWORK_NOTES,
    scope="note",
    needs=Needs.NOTE,
    suggested_step="Open the file. If there is nothing to read, ask for it again.",
    provider_message="We could not read the file. Please send a sharp scan or the text.",
    request_items=("progress_note",),
)
def to_be_read_by_a_person(session: SessionFacts, context: Context) -> Iterator[Finding]:
    """A blank file is asked for again; what is hard to read, or in another language, is for information."""
    if context.note is None:
        return
    left = [each for each in context.note.verdicts if each.reason in _FOR_A_PERSON]
    if left and not context.note.quarantined:
        first = (verdicts(context, _ELEMENTS) if left[0].reason == _HARD else []) or left
        yield finding_about(to_be_read_by_a_person, session, first[:1], Severity.INFO)
        return
    yield from of_note(to_be_read_by_a_person, session, context, _ELEMENTS)
