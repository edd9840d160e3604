"""Rows of one group contradict each other about its size.

Source: NGS Medicare on LCD L33632. The rows of one group share provider and times, so they state one size, and there
are not more of them than clients.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NGS_GROUP
from clawguard.domain.checks.timing import interval
from clawguard.domain.codesets.groups import GROUP
from clawguard.domain.facts import SessionFacts


@check(
    id="CG608",
    version=3,
    title="Rows of one group differ",
    category="patterns",
    scope="same day",
    severity=Severity.WARNING,
    source=NGS_GROUP,
    codes=GROUP,
    needs=Needs.NEIGHBOURS,
    suggested_step="Ask how many clients took part, and correct the rows that say otherwise.",
    provider_message="The rows of this group state different sizes. Please confirm how many clients took part.",
    request_items=("progress_note",),
)
def group_rows_differ(session: SessionFacts, context: Context) -> Iterator[Finding]:
    mine = interval(session)
    if mine is None:
        return
    groups = context.tables.codes(GROUP)
    rows = [
        other
        for other in context.same_day
        if other.provider_npi == session.provider_npi
        and other.client_key != session.client_key
        and not groups.isdisjoint(other.codes)
        and interval(other) == mine
    ]
    own = session.group_size
    stated = {row.group_size for row in (session, *rows)}
    sizes = sorted(size for size in stated if size is not None)
    if not sizes or (len(sizes) == 1 and len(rows) < sizes[0]) or (len(sizes) > 1 and own is None):
        return  # a row that states no size contradicts none, but is one client more
    said = f"sizes {', '.join(map(str, sizes))}" if len(sizes) > 1 else f"a size of {sizes[0]}"
    yield group_rows_differ.finding(
        session,
        f"{len(rows) + 1} rows of one group state {said}.",
        evidence={"rows": len(rows) + 1, "sizes": sizes},
        related=tuple(other.external_id for other in rows),
    )
