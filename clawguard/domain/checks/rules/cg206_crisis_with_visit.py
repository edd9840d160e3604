"""Crisis work and an office visit are billed for one client on one day.

Source: Headway CPT code changes: blocked on the network from 2023-12-18. The federal pair table has no row for it, so
only the network's own rule finds it.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.neighbours import same_visit_day
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NETWORK_CODE_CHANGES
from clawguard.domain.codesets.groups import CRISIS, OFFICE_VISIT
from clawguard.domain.facts import SessionFacts

_CODES = CRISIS | OFFICE_VISIT


@check(
    id="CG206",
    version=1,
    title="Crisis work beside an office visit",
    category="pairs",
    scope="same day",
    severity=Severity.ERROR,
    source=NETWORK_CODE_CHANGES,
    codes=_CODES,
    needs=Needs.COMPANY,
    suggested_step="Ask which of the two describes the day, and correct the session.",
    provider_message=(
        "The network does not accept crisis work and an office visit on one day. Tell us which one it was."
    ),
    request_items=("progress_note", "explanation"),
)
def crisis_with_visit(session: SessionFacts, context: Context) -> Iterator[Finding]:
    since = context.policy(session).crisis_with_visit_blocked_from
    if since is None or session.date_of_service < since:
        return
    others = same_visit_day(session, context) if context.same_day else []
    crisis, visits = context.tables.codes(CRISIS), context.tables.codes(OFFICE_VISIT)
    for line in session.service_lines:
        counterpart = visits if line.code in crisis else crisis if line.code in visits else None
        if counterpart is None:
            continue
        here = session.codes & counterpart
        if here and line.code in visits:
            continue  # told once, at the crisis line
        related = [other for other in others if other.codes & counterpart]
        if not here and not related:
            continue
        met = sorted(here or related[0].codes & counterpart)
        yield crisis_with_visit.finding(
            session,
            f"{line.code} and {met[0]} on one day: the network does not accept crisis work beside an office visit.",
            evidence={"code": line.code, "with": met},
            line=line,
            related=tuple(other.external_id for other in related),
        )
