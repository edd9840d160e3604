"""A group note lacks the number of members, the topic or this client's own part.

Source: NGS Medicare on LCD L33632.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.noting import of_note
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NGS_GROUP
from clawguard.domain.codesets.groups import GROUP
from clawguard.domain.facts import SessionFacts

_ELEMENTS = ("N43", "N44")


@check(
    id="CG732",
    version=1,
    title="Group note without size, topic or own part",
    category="note",
    severity=Severity.ERROR,
    source=NGS_GROUP,
    scope="note",
    codes=GROUP,
    needs=Needs.NOTE,
    suggested_step="Ask for the number of members and this client's own part.",
    provider_message="Please add how many clients took part, the topic, and this client's own part.",
    request_items=("progress_note",),
)
def group_in_note(session: SessionFacts, context: Context) -> Iterator[Finding]:
    return of_note(group_in_note, session, context, _ELEMENTS)
