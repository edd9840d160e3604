"""A code that is chosen by time is billed, and no time is stated.

Source: HHS OIG audit A-09-21-03021, where undocumented therapy time was the most frequent finding; Texas Medical
Association: beside an office visit the therapy minutes are recorded apart from the visit.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import OIG_AUDIT
from clawguard.domain.checks.timing import line_minutes
from clawguard.domain.codesets.procedures import CRISIS, FAMILY, THERAPY_ADD_ON, TIERS
from clawguard.domain.facts import SessionFacts

_CODES = TIERS | FAMILY | CRISIS


@check(
    id="CG103",
    version=1,
    title="Time not stated for a code chosen by time",
    category="time",
    severity=Severity.WARNING,
    source=OIG_AUDIT,
    codes=_CODES,
    suggested_step="Ask for the note with start and stop times.",
    provider_message=(
        "The billed code is chosen by time, and no time came with this session. Send the note with its start and stop "
        "times, or add them to the session."
    ),
    request_items=("progress_note", "start_stop_times"),
)
def time_missing(session: SessionFacts, context: Context) -> Iterator[Finding]:
    for line in session.service_lines:
        if line.code not in _CODES:
            continue
        minutes, own = line_minutes(session, line, context.tables)
        if minutes is None:
            yield time_missing.finding(
                session,
                f"{line.code} is chosen by time; neither start and stop nor minutes are stated.",
                evidence={"code": line.code, "minutes": None},
                line=line,
            )
        elif not own and line.code in THERAPY_ADD_ON and not _too_short_anyway(line.code, minutes, context):
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


def _too_short_anyway(code: str, minutes: int, context: Context) -> bool:
    procedure = context.tables.procedure(code)
    return procedure is not None and procedure.least is not None and minutes < procedure.least
