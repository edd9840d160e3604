"""Prolonged visit time is billed, and the visit's time or basis does not carry it.

Source: the definitions of 99417 (15 minutes after the visit's own time: from 75 minutes beside 99205 and 55 beside
99215, then each full 15; since 2023 from 70 beside 99245, 90 beside 99345 and 75 beside 99350, since 2025 as the office
visits beside those by video and phone) and of Medicare's G2212 (from 89 and 69), both since 2021; the change of 2024
from ranges to thresholds left these numbers as they were. Prolonged time needs a visit whose level was chosen by time.
Beside 99483 the threshold is not confirmed, so nothing is said.
"""

from collections.abc import Iterator
from typing import NamedTuple

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.neighbours import same_visit_day
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import PROLONGED
from clawguard.domain.checks.timing import own_minutes, session_minutes
from clawguard.domain.codesets.procedure_table import of_kind
from clawguard.domain.facts import ServiceLineFacts, SessionFacts

_CODES = of_kind("prolonged_em")
_UNIT = 15
# prolonged code and visit: minutes after which each full quarter hour counts
_AFTER = {
    ("99417", "99205"): 60,
    ("99417", "99215"): 40,
    ("99417", "99245"): 55,
    ("99417", "99345"): 75,
    ("99417", "99350"): 60,
    ("99417", "98003"): 60,
    ("99417", "98007"): 40,
    ("99417", "98011"): 60,
    ("99417", "98015"): 40,
    ("G2212", "99205"): 74,
    ("G2212", "99215"): 54,
}


class Billed(NamedTuple):
    session: SessionFacts
    line: ServiceLineFacts


@check(
    id="CG113",
    version=3,
    title="Prolonged time the visit does not carry",
    category="time",
    scope="same day",
    severity=Severity.ERROR,
    source=PROLONGED,
    codes=_CODES | frozenset(visit for _, visit in _AFTER),
    suggested_step="Ask for the total time of the visit and what its level was chosen by, or correct the units.",
    provider_message=(
        "Prolonged time counts from the end of a visit that was chosen by time. Please tell us the total time of that "
        "day, or correct the units."
    ),
    request_items=("progress_note", "start_stop_times"),
)
def prolonged_visit(session: SessionFacts, context: Context) -> Iterator[Finding]:
    day = [session, *(same_visit_day(session, context) if context.same_day else ())]
    prolonged = context.tables.codes(_CODES)
    for owner in day:
        for line in owner.service_lines:
            where, visit = _visit_of(owner, line, day) if line.code in prolonged else (owner, None)
            if visit is not None and (owner is session or where is session):
                yield from _judged(session, Billed(owner, line), Billed(where, visit))


def _visit_of(
    owner: SessionFacts, line: ServiceLineFacts, day: list[SessionFacts]
) -> tuple[SessionFacts, ServiceLineFacts | None]:
    """The visit that prolonged time belongs to: of its own session where that has one, else of another of the day."""
    for each in [owner, *day]:
        for visit in each.service_lines:
            if (line.code, visit.code) in _AFTER:
                return each, visit
    return owner, None


def _judged(session: SessionFacts, prolonged: Billed, visit: Billed) -> Iterator[Finding]:
    """Told at the prolonged time where the session has it, else at the visit."""
    owner, line = prolonged
    at_line = line if owner is session else visit.line
    related = tuple([each.external_id for each in (owner, visit.session) if each is not session])
    if visit.line.em_basis == "mdm":
        yield prolonged_visit.finding(
            session,
            f"{line.code} needs a visit chosen by time; {visit.line.code} was chosen by medical decision making.",
            evidence={"code": line.code, "visit": visit.line.code, "basis": "mdm"},
            line=at_line,
            related=related,
        )
        return
    minutes, stated = _total(prolonged, visit)
    supported = 0 if minutes is None else max(0, (minutes - _AFTER[line.code, visit.line.code]) // _UNIT)
    if minutes is not None and line.units > supported:
        yield prolonged_visit.finding(
            session,
            f"{minutes} minutes with {visit.line.code} support {supported} units of {line.code}; "
            f"{line.units} {'is' if line.units == 1 else 'are'} billed.",
            evidence={
                "code": line.code,
                "visit": visit.line.code,
                "minutes": minutes,
                "units": line.units,
                "supported_units": supported,
            },
            line=at_line,
            severity=None if stated else Severity.WARNING,
            related=related,
        )


def _total(prolonged: Billed, visit: Billed) -> tuple[int | None, bool]:
    """Total time of the visit with its prolonged part, and whether it is stated as such: a session's clock shows only
    the time with the client."""
    own, more = own_minutes(visit.line), own_minutes(prolonged.line)
    if prolonged.session is visit.session:
        return (session_minutes(visit.session), False) if own is None else (own + (more or 0), True)
    first = session_minutes(visit.session) if own is None else own
    second = session_minutes(prolonged.session) if more is None else more
    if first is None or second is None:
        return None, False
    return first + second, own is not None and more is not None
