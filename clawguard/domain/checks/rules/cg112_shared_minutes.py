"""Two services of one session claim the same minutes.

Source: Texas Medical Association: therapy beside a visit is recorded apart from it, because the same minutes cannot
count twice. Pairs that the federal pair table rules on are told by CG202 and CG203; behaviour analysis by two people
may run at the same time.
"""

from collections.abc import Iterator
from itertools import combinations

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity, exposure
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import VISIT_AND_THERAPY
from clawguard.domain.checks.timing import line_interval, overlap_minutes, takes_time, whole_minutes
from clawguard.domain.codesets import variant_for
from clawguard.domain.codesets.procedures import ABA
from clawguard.domain.facts import SessionFacts


@check(
    id="CG112",
    version=1,
    title="Two services share the same minutes",
    category="time",
    severity=Severity.ERROR,
    source=VISIT_AND_THERAPY,
    needs=Needs.COMPANY,
    suggested_step="Ask for the start and stop times of each service; one minute counts for one of them.",
    provider_message=(
        "Two services of this session have times that overlap. Please give the times of each apart from the other, or "
        "send the note that does."
    ),
    request_items=("progress_note", "start_stop_times"),
)
def shared_minutes(session: SessionFacts, context: Context) -> Iterator[Finding]:
    timed = [line for line in session.service_lines if line.start is not None and line.end is not None]
    if len(timed) < 2:
        return
    tables, day = context.tables, session.date_of_service
    for one, other in combinations(timed, 2):
        if one.code in ABA or other.code in ABA or not (takes_time(one, tables) and takes_time(other, tables)):
            continue
        first, second = line_interval(session, one), line_interval(session, other)
        if (
            first is None
            or second is None
            or one.code == other.code
            or tables.pair(one.code, other.code, day, variant_for(session.payer_kind))
        ):
            continue
        shared = overlap_minutes(first, second)
        if shared > 0:
            yield shared_minutes.finding(
                session,
                f"{whole_minutes(shared)} claimed by both {one.code} and {other.code}.",
                evidence={"codes": [one.code, other.code], "overlap_minutes": int(shared)},
                line=other,
                at_risk=exposure(session, other),
            )
