"""Prolonged visit time is billed, and the visit's time or basis does not carry it.

Source: the definitions of 99417 (from 75 minutes beside 99205 and 55 beside 99215, then each full 15) and of Medicare's
G2212 (from 89 and 69), both since 2021; the change of 2024 from ranges to thresholds left these numbers as they were.
Prolonged time needs a visit whose level was chosen by time. Beside 99483 the threshold is not confirmed, so nothing is
said.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import PROLONGED
from clawguard.domain.checks.timing import own_minutes, session_minutes
from clawguard.domain.codesets.procedures import codes_of
from clawguard.domain.facts import ServiceLineFacts, SessionFacts

_CODES = codes_of("prolonged_em")
_UNIT = 15
# prolonged code and visit: minutes after which each full quarter hour counts
_AFTER = {
    ("99417", "99205"): 60,
    ("99417", "99215"): 40,
    ("G2212", "99205"): 74,
    ("G2212", "99215"): 54,
}


@check(
    id="CG113",
    version=1,
    title="Prolonged time the visit does not carry",
    category="time",
    severity=Severity.ERROR,
    source=PROLONGED,
    codes=_CODES,
    suggested_step="Ask for the total time of the visit and what its level was chosen by, or correct the units.",
    provider_message=(
        "Prolonged time counts from the end of a visit that was chosen by time. Please tell us the total time of that "
        "day, or correct the units."
    ),
    request_items=("progress_note", "start_stop_times"),
)
def prolonged_visit(session: SessionFacts, context: Context) -> Iterator[Finding]:
    for line in session.service_lines:
        visit = _visit_of(session, line)
        if visit is None:
            continue
        if visit.em_basis == "mdm":
            yield prolonged_visit.finding(
                session,
                f"{line.code} needs a visit chosen by time; {visit.code} was chosen by medical decision making.",
                evidence={"code": line.code, "visit": visit.code, "basis": "mdm"},
                line=line,
            )
            continue
        minutes, stated = _total(session, visit, line)
        supported = 0 if minutes is None else max(0, (minutes - _AFTER[line.code, visit.code]) // _UNIT)
        if minutes is not None and line.units > supported:
            yield prolonged_visit.finding(
                session,
                f"{minutes} minutes with {visit.code} support {supported} units of {line.code}; "
                f"{line.units} {'is' if line.units == 1 else 'are'} billed.",
                evidence={
                    "code": line.code,
                    "visit": visit.code,
                    "minutes": minutes,
                    "units": line.units,
                    "supported_units": supported,
                },
                line=line,
                severity=None if stated else Severity.WARNING,
            )


def _visit_of(session: SessionFacts, line: ServiceLineFacts) -> ServiceLineFacts | None:
    if line.code not in _CODES:
        return None
    return next((each for each in session.service_lines if (line.code, each.code) in _AFTER), None)


def _total(session: SessionFacts, visit: ServiceLineFacts, line: ServiceLineFacts) -> tuple[int | None, bool]:
    """Total time of the visit with its prolonged part, and whether it is stated as such: the session's clock shows
    only the time with the client."""
    own = own_minutes(visit)
    if own is not None:
        return own + (own_minutes(line) or 0), True
    return session_minutes(session), False
