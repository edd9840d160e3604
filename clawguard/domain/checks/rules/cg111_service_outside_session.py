"""A service lies outside the session's times, or the services together take longer than the session.

Source: Headway billing and documentation reviews and APA Psychiatric News on the CPT time rule: only time with the
client counts, and a minute counts for one service. Time that may lie elsewhere (total time of a visit, work on tests)
is left out of the sum.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import NETWORK_REVIEWS
from clawguard.domain.checks.timing import Span, as_evidence, clock_interval, clock_minutes, own_minutes, takes_time
from clawguard.domain.codesets import CodeTables
from clawguard.domain.codesets.groups import ABA
from clawguard.domain.facts import ServiceLineFacts, SessionFacts

_ELSEWHERE = ("visit", "total", "month", "state")


@check(
    id="CG111",
    version=1,
    title="Service outside the session's time",
    category="time",
    severity=Severity.WARNING,
    source=NETWORK_REVIEWS,
    reads=("minutes",),
    suggested_step="Ask for the start and stop times of each service, and correct the session's or the service's.",
    provider_message=(
        "The times of a service do not fit into those of the session. Please correct whichever is wrong, or send the "
        "note with the times of each service."
    ),
    request_items=("start_stop_times",),
)
def service_outside_session(session: SessionFacts, context: Context) -> Iterator[Finding]:
    timed = [line for line in session.service_lines if line.start is not None or line.minutes is not None]
    if not timed:
        return
    whole = clock_interval(session)
    for line in timed if whole is not None else ():
        if whole is not None and _outside(line, whole):
            yield service_outside_session.finding(
                session,
                f"{line.code} has times outside those of the session.",
                evidence={
                    "code": line.code,
                    "start": as_evidence(line.start) if line.start else None,
                    "end": as_evidence(line.end) if line.end else None,
                },
                line=line,
            )
    yield from _sum_beyond(session, timed, context.tables)


def _outside(line: ServiceLineFacts, whole: Span) -> bool:
    start, end = line.start, line.end
    return (start is not None and start.timestamp() < whole[0]) or (end is not None and end.timestamp() > whole[1])


def _sum_beyond(session: SessionFacts, timed: list[ServiceLineFacts], tables: CodeTables) -> Iterator[Finding]:
    """The begun minutes of the session's clock, or its stated total where there is no clock, hold all services."""
    most = clock_minutes(session.start, session.end)
    most = session.minutes if most is None else most
    counted = [line for line in timed if _counts(line, tables)]
    if most is None or len(counted) < 2:
        return
    total = sum(own_minutes(line) or 0 for line in counted)
    if total > most:
        yield service_outside_session.finding(
            session,
            f"The services state {total} minutes together; the session holds {most}.",
            evidence={"codes": [line.code for line in counted], "minutes": total, "session_minutes": most},
        )


def _counts(line: ServiceLineFacts, tables: CodeTables) -> bool:
    """Services with the client that cannot run at the same time; behaviour analysis may be done by two people."""
    procedure = tables.procedure(line.code)
    if procedure is None or line.code in tables.codes(ABA) or procedure.basis in _ELSEWHERE:
        return False
    return takes_time(line, tables)
