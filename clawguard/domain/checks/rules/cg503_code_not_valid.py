"""A procedure code that was not valid on the date of service.

Source: the code set of each year, as professional associations tell of its changes: evaluations and therapy were
numbered anew in 2013, testing and ABA in 2019, health-behaviour work in 2020 (APA Services), telephone and telemedicine
visits in 2025 (AAFP); prolonged services 99354 and 99355 ended with 2022. The date of service decides, not the day of
billing.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Party, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import CODE_CHANGES
from clawguard.domain.codesets.procedure_table import where
from clawguard.domain.facts import SessionFacts

_DATED = where(lambda procedure: procedure.first_day is not None or procedure.last_day is not None)


@check(
    id="CG503",
    version=3,
    title="Procedure code not valid on the date",
    category="who may bill",
    severity=Severity.ERROR,
    source=CODE_CHANGES,
    party=Party.OPEN,  # the network's, if its list offered the code
    codes=_DATED,
    reads=("date_of_service",),
    suggested_step="Check whether the code list offered this code, and correct it to one valid that day.",
    provider_message="This code was not valid on the date of the session. Please choose the one that was.",
)
def code_not_valid(session: SessionFacts, context: Context) -> Iterator[Finding]:
    day = session.date_of_service
    for line in session.service_lines:
        procedure = context.tables.procedure(line.code)
        if procedure is None or procedure.valid_on(day):
            continue
        ended = procedure.last_day is not None and day > procedure.last_day
        edge = procedure.last_day if ended else procedure.first_day
        shown = edge.isoformat() if edge else ""
        yield code_not_valid.finding(
            session,
            f"{line.code} {'ended on' if ended else 'begins on'} {shown}; the session was on {day.isoformat()}.",
            evidence={
                "code": line.code,
                "date_of_service": day.isoformat(),
                "last_day" if ended else "first_day": shown,
                "table": context.tables.procedures.name,
            },
            line=line,
        )
