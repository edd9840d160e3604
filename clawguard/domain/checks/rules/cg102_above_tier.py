"""The documented time would support a longer code than the one billed.

Source: Novitas psychotherapy billing, the same ranges as CG101 read from above; the definitions of the phone codes; for
visits chosen by time the ranges of 2021 to 2023 and, since 2024, the thresholds that are met or exceeded. Billing less
than was done is not taken back by a payer, but it is still a code that does not represent the service.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import ZERO, Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import NOVITAS_TIMES
from clawguard.domain.checks.timing import line_minutes
from clawguard.domain.codesets.ladders import RANGES_ENDED_ON, VISITS_BY_TIME_FROM, WITH_LONGER, fitting, most_minutes
from clawguard.domain.codesets.procedure_table import where
from clawguard.domain.facts import ServiceLineFacts, SessionFacts

_VISITS = where(lambda procedure: procedure.basis == "visit")


@check(
    id="CG102",
    version=2,
    title="Session longer than the billed code",
    category="time",
    severity=Severity.INFO,
    source=NOVITAS_TIMES,
    codes=WITH_LONGER,
    reads=("minutes", "policy", "year"),
    suggested_step="Check the times; if they are right, the longer code describes the session.",
    provider_message=(
        "The time we have is longer than the billed code covers. If the times are right, a longer code describes this "
        "session; if the clock simply ran on, nothing needs to change."
    ),
)
def above_tier(session: SessionFacts, context: Context) -> Iterator[Finding]:
    table = context.tables.procedures
    visits = table.codes(_VISITS)
    for line in session.service_lines:
        most = most_minutes(line.code, table)
        if most is None or (line.code in visits and not _chosen_by_time(session, line)):
            continue
        minutes, own = line_minutes(session, line, context.tables)
        if minutes is None or not own or minutes <= most:
            continue
        longer = fitting(line.code, minutes, table)
        yield above_tier.finding(
            session,
            _message(session, line.code, most, minutes, longer, line.code in visits),
            evidence={"code": line.code, "minutes": minutes, "maximum": most, "fitting_code": longer},
            line=line,
            at_risk=ZERO,
        )


def _chosen_by_time(session: SessionFacts, line: ServiceLineFacts) -> bool:
    return line.em_basis == "time" and session.date_of_service >= VISITS_BY_TIME_FROM


def _message(session: SessionFacts, code: str, most: int, minutes: int, longer: str | None, visit: bool) -> str:
    if visit and session.date_of_service > RANGES_ENDED_ON:
        return f"{code} is met; {minutes} minutes are documented, which also reach {longer}."
    return f"{code} covers up to {most} minutes; {minutes} are documented, which {longer} describes."
