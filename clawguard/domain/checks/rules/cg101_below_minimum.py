"""The documented time does not reach the minimum of the billed code.

Source: Novitas psychotherapy billing (16-37, 38-52, 53 and more minutes); BCBS Illinois for crisis work (30 minutes of
one day, not necessarily in one piece); the CPT midpoint rule for family sessions (26 minutes), health-behaviour work,
testing and quarter hours. There is no midpoint between the tiers of individual therapy. Visits count total time of the
day, and only where their level was chosen by time (since 2021); an audio visit needs more than ten minutes of talk.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.crisis import crisis_day
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import NOVITAS_TIMES
from clawguard.domain.checks.timing import line_minutes, own_minutes
from clawguard.domain.codesets import CodeTables, Procedure
from clawguard.domain.codesets.groups import CRISIS
from clawguard.domain.codesets.ladders import VISITS_BY_TIME_FROM, fitting
from clawguard.domain.codesets.procedure_table import where
from clawguard.domain.facts import ServiceLineFacts, SessionFacts

_BASES = ("face", "day", "talk", "total", "visit")
_MORE_THAN_CLOCK = ("total", "visit")  # work before and after counts too, which a session's clock does not show
_AUDIO_VISITS = frozenset({"98008", "98009", "98010", "98011", "98012", "98013", "98014", "98015"})
_LEAST_TALK = 11


def _has_minimum(procedure: Procedure) -> bool:
    if procedure.least is None or procedure.basis not in _BASES or procedure.kind == "safety_planning":
        return False  # safety planning is counted in units by CG109
    return not procedure.add_on or procedure.kind == "therapy_add_on"


_CODES = where(_has_minimum)


@check(
    id="CG101",
    version=2,
    title="Session too short for the billed code",
    category="time",
    severity=Severity.ERROR,
    source=NOVITAS_TIMES,
    codes=_CODES,
    reads=("minutes", "policy", "same_visit", "year"),
    suggested_step="Ask for start and stop times.",
    provider_message=(
        "The time we have is shorter than the billed code asks for. If the session ran longer, send the note with its "
        "start and stop times; if not, correct the code."
    ),
    request_items=("progress_note", "start_stop_times"),
)
def below_minimum(session: SessionFacts, context: Context) -> Iterator[Finding]:
    for line in session.service_lines:
        if line.code not in context.tables.codes(_CODES):
            continue
        procedure = context.tables.procedure(line.code)
        if procedure is None or procedure.least is None:
            continue
        least = procedure.least if procedure.basis != "visit" else _least_of_visit(session, line, procedure.least)
        if least is None:
            continue
        minutes = _minutes(session, line, context)
        if minutes is None or minutes >= least:
            continue
        unseen = procedure.basis in _MORE_THAN_CLOCK and least != _LEAST_TALK and own_minutes(line) is None
        yield below_minimum.finding(
            session,
            _message(line.code, least, minutes, unseen),
            evidence={"code": line.code, "minutes": minutes, "minimum": least},
            line=line,
            severity=Severity.WARNING if unseen else None,
            step=_step(line.code, minutes, context.tables),
        )


def _least_of_visit(session: SessionFacts, line: ServiceLineFacts, by_time: int) -> int | None:
    """A visit has a minimum where its level was chosen by time; an audio visit always needs its talk."""
    if line.em_basis == "time" and session.date_of_service >= VISITS_BY_TIME_FROM:
        return by_time
    return _LEAST_TALK if line.code in _AUDIO_VISITS else None


def _minutes(session: SessionFacts, line: ServiceLineFacts, context: Context) -> int | None:
    # all crisis minutes of the day count, also those of the add-on and of another session
    if line.code in context.tables.codes(CRISIS):
        return crisis_day(session, line.code, context).minutes
    return line_minutes(session, line, context.tables)[0]


def _message(code: str, least: int, minutes: int, unseen: bool) -> str:
    are = "is" if minutes == 1 else "are"
    if unseen:
        return f"{code} needs at least {least} minutes of work that day; {minutes} {are} documented for the session."
    return f"{code} needs at least {least} minutes; {minutes} {are} documented."


def _step(code: str, minutes: int, tables: CodeTables) -> str:
    if code in _AUDIO_VISITS and minutes < _LEAST_TALK:
        return "Ask for start and stop times; an audio visit of any level needs more than ten minutes."
    shorter = fitting("90832" if code in tables.codes(CRISIS) else code, minutes, tables.procedures)
    if shorter:
        return f"Ask for start and stop times, or correct the code to {shorter}."
    return "Ask for start and stop times; no shorter code of this kind fits the time."
