"""A code that is chosen by time is billed, and no time is stated.

Source: HHS OIG audit A-09-21-03021, where undocumented therapy time was the most frequent finding; Texas Medical
Association: beside an office visit the therapy minutes are recorded apart from the visit. Medicare contractors accept
a total; where a payer or network needs start and stop times, its policy value says so.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import OIG_AUDIT
from clawguard.domain.checks.timing import line_minutes
from clawguard.domain.codesets import Procedure
from clawguard.domain.codesets.groups import THERAPY_ADD_ON
from clawguard.domain.codesets.procedure_table import where
from clawguard.domain.facts import ServiceLineFacts, SessionFacts

_ADDED_TIME = ("crisis_add_on", "hbai_add_on", "testing_add_on", "prolonged_em")  # asked for at the main code


def _chosen_by_time(procedure: Procedure) -> bool:
    if procedure.kind in _ADDED_TIME:
        return False
    if procedure.kind == "state":
        return procedure.unit_minutes is not None
    return procedure.time_documented or procedure.basis == "talk"


_TIMED = where(_chosen_by_time)
_VISITS = where(lambda procedure: procedure.basis == "visit")
_BY_CLOCK = where(lambda procedure: _chosen_by_time(procedure) and procedure.basis in ("face", "day"))


@check(
    id="CG103",
    version=2,
    title="Time not stated for a code chosen by time",
    category="time",
    severity=Severity.WARNING,
    source=OIG_AUDIT,
    codes=_TIMED | _VISITS,
    reads=("minutes", "policy"),
    suggested_step="Ask for the note with start and stop times.",
    provider_message=(
        "The billed code is chosen by time, and no time came with this session. Send the note with its start and stop "
        "times, or add them to the session."
    ),
    request_items=("progress_note", "start_stop_times"),
)
def time_missing(session: SessionFacts, context: Context) -> Iterator[Finding]:
    timed, visits = context.tables.codes(_TIMED), context.tables.codes(_VISITS)
    for line in session.service_lines:
        if line.code not in timed and not (line.em_basis == "time" and line.code in visits):
            continue
        minutes, own = line_minutes(session, line, context.tables)
        if minutes is None:
            yield time_missing.finding(
                session,
                f"{line.code} is chosen by time; neither start and stop nor minutes are stated.",
                evidence={"code": line.code, "minutes": None},
                line=line,
            )
        elif not own and _therapy_of_its_own(line.code, minutes, context):
            yield time_missing.finding(
                session,
                f"{line.code} stands beside a visit; only the whole session of {minutes} minutes is stated, "
                "not the minutes of therapy.",
                evidence={"code": line.code, "minutes": None, "session_minutes": minutes},
                line=line,
                step="Ask for the therapy minutes apart from the visit.",
                tell_provider=(
                    "Therapy beside a visit is chosen by its own minutes. Tell us how long the therapy part lasted, "
                    "apart from the visit, or send the note that says so."
                ),
            )
        elif _clock_wanted(session, line, context):
            yield time_missing.finding(
                session,
                f"{line.code} comes with a total of {minutes} minutes; this payer needs start and stop times.",
                evidence={"code": line.code, "minutes": minutes, "clock_times_needed": True},
                line=line,
                step="Ask for start and stop times.",
            )


def _clock_wanted(session: SessionFacts, line: ServiceLineFacts, context: Context) -> bool:
    """Only a total is stated, and that is not enough here; the cheap questions come first."""
    if (session.start and session.end) or (line.start and line.end) or line.code not in context.tables.codes(_BY_CLOCK):
        return False
    return context.policy(session).clock_times_needed


def _therapy_of_its_own(code: str, minutes: int, context: Context) -> bool:
    """Therapy beside a visit, unless all the minutes there are would be too few for it."""
    procedure = context.tables.procedure(code)
    if procedure is None or code not in context.tables.codes(THERAPY_ADD_ON):
        return False
    return procedure.least is None or minutes >= procedure.least
