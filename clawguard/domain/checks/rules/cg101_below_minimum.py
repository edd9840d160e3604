"""The documented time does not reach the minimum of the billed code.

Source: Novitas psychotherapy billing (16-37, 38-52, 53 and more minutes); BCBS Illinois for crisis work (30 minutes);
the CPT midpoint rule for family sessions (26 minutes). There is no midpoint between the tiers of individual therapy.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import NOVITAS_TIMES
from clawguard.domain.checks.timing import line_minutes, session_minutes
from clawguard.domain.codesets import Procedure
from clawguard.domain.codesets.procedures import CRISIS, PROCEDURES, THERAPY, THERAPY_ADD_ON
from clawguard.domain.facts import ServiceLineFacts, SessionFacts

_BASES = ("face", "day", "talk", "total", "visit")


def _has_minimum(procedure: Procedure) -> bool:
    if procedure.least is None or procedure.basis not in _BASES:
        return False
    return not procedure.add_on or procedure.kind == "therapy_add_on"


_CODES = frozenset(code for code, procedure in PROCEDURES.items() if _has_minimum(procedure))


@check(
    id="CG101",
    version=1,
    title="Session too short for the billed code",
    category="time",
    severity=Severity.ERROR,
    source=NOVITAS_TIMES,
    codes=_CODES,
    suggested_step="Ask for start and stop times.",
    provider_message=(
        "The time we have is shorter than the billed code asks for. If the session ran longer, send the note with its "
        "start and stop times; if not, correct the code."
    ),
    request_items=("progress_note", "start_stop_times"),
)
def below_minimum(session: SessionFacts, context: Context) -> Iterator[Finding]:
    for line in session.service_lines:
        if line.code not in _CODES:
            continue
        procedure = context.tables.procedure(line.code)
        if procedure is None or procedure.least is None or (procedure.basis == "visit" and line.em_basis != "time"):
            continue
        minutes = _minutes(session, line, context)
        if minutes is None or minutes >= procedure.least:
            continue
        yield below_minimum.finding(
            session,
            f"{line.code} needs at least {procedure.least} minutes; {minutes} {_are(minutes)} documented.",
            evidence={"code": line.code, "minutes": minutes, "minimum": procedure.least},
            line=line,
            step=_step(line.code, minutes),
        )


def _minutes(session: SessionFacts, line: ServiceLineFacts, context: Context) -> int | None:
    if line.code in CRISIS:  # all crisis minutes of the day count, also those of the add-on line
        return session_minutes(session) or line_minutes(session, line, context.tables)[0]
    return line_minutes(session, line, context.tables)[0]


def _are(minutes: int) -> str:
    return "is" if minutes == 1 else "are"


def _step(code: str, minutes: int) -> str:
    shorter = _shorter_code(code, minutes)
    if shorter:
        return f"Ask for start and stop times, or correct the code to {shorter}."
    return "Ask for start and stop times; no shorter code of this kind fits the time."


def _shorter_code(code: str, minutes: int) -> str | None:
    """The therapy code whose range holds these minutes, of the same kind as the billed one."""
    kind = THERAPY_ADD_ON if code in THERAPY_ADD_ON else THERAPY if code in THERAPY | CRISIS else frozenset()
    for candidate in sorted(kind):
        procedure = PROCEDURES[candidate]
        if procedure.least is not None and procedure.least <= minutes <= (procedure.most or minutes):
            return candidate
    return None
