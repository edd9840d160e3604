"""Two services of one client with one provider claim the same minutes, in one session or in two.

Source: Texas Medical Association: therapy beside a visit is recorded apart from it, because the same minutes cannot
count twice. Pairs that the payer or the federal pair table rules on are told by CG202 and CG203, the same code twice by
CG603; behaviour analysis by two people may run at the same time. Two sessions with one and the same time are read as
one appointment that was stated on two rows.
"""

from collections.abc import Iterator
from itertools import combinations

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity, exposure
from clawguard.domain.checks.neighbours import same_visit_day
from clawguard.domain.checks.pairing import rule_of
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import VISIT_AND_THERAPY
from clawguard.domain.checks.timing import (
    Span,
    interval,
    line_interval,
    overlap_minutes,
    takes_time,
    whole_minutes,
)
from clawguard.domain.codesets.groups import ABA
from clawguard.domain.facts import ServiceLineFacts, SessionFacts


@check(
    id="CG112",
    version=2,
    title="Two services share the same minutes",
    category="time",
    scope="same day",
    severity=Severity.ERROR,
    source=VISIT_AND_THERAPY,
    needs=Needs.COMPANY,
    suggested_step="Ask for the start and stop times of each service; one minute counts for one of them.",
    provider_message=(
        "Two services with this client have times that overlap. Please give the times of each apart from the other, or "
        "send the note that does."
    ),
    request_items=("progress_note", "start_stop_times"),
)
def shared_minutes(session: SessionFacts, context: Context) -> Iterator[Finding]:
    timed = [line for line in session.service_lines if line.start is not None and line.end is not None]
    for one, other in combinations(timed, 2):
        shared = _shared(line_interval(session, one), line_interval(session, other))
        if shared > 0 and _may_clash(session, one, other, context):
            yield _finding(session, one, other, shared)
    if context.same_day:
        limit = context.policy(session).overlap_error_minutes
        for visit in same_visit_day(session, context):
            found = _beside(session, visit, context, limit)
            if found:
                yield found


def _beside(session: SessionFacts, visit: SessionFacts, context: Context, limit: int) -> Finding | None:
    """Told once of two sessions, at the first two services that share time."""
    for line in session.service_lines:
        mine = line_interval(session, line) or interval(session)
        for earlier in visit.service_lines:
            theirs = line_interval(visit, earlier) or interval(visit)
            shared = 0.0 if mine == theirs else _shared(mine, theirs)
            if shared > 0 and _may_clash(session, earlier, line, context):
                severity = Severity.ERROR if shared >= limit else Severity.WARNING
                return _finding(session, earlier, line, shared, severity, (visit.external_id,))
    return None


def _shared(one: Span | None, other: Span | None) -> float:
    return 0.0 if one is None or other is None else overlap_minutes(one, other)


def _may_clash(session: SessionFacts, one: ServiceLineFacts, other: ServiceLineFacts, context: Context) -> bool:
    """Whether both need minutes of their own, and no other check tells of the two."""
    if one.code == other.code or not context.tables.codes(ABA).isdisjoint((one.code, other.code)):
        return False
    if not (takes_time(one, context.tables) and takes_time(other, context.tables)):
        return False
    return rule_of(one.code, other.code, session, context.tables, context.policy(session)) is None


def _finding(
    session: SessionFacts,
    one: ServiceLineFacts,
    other: ServiceLineFacts,
    shared: float,
    severity: Severity = Severity.ERROR,
    related: tuple[str, ...] = (),
) -> Finding:
    whose = f"{one.code} of another session and {other.code}" if related else f"{one.code} and {other.code}"
    return shared_minutes.finding(
        session,
        f"{whole_minutes(shared)} claimed by both {whose}.",
        evidence={"codes": [one.code, other.code], "overlap_minutes": int(shared)},
        line=other,
        severity=severity,
        at_risk=exposure(session, other),
        related=related,
    )
