"""The further blocks of crisis work do not match the minutes of the day.

Source: BCBS Illinois psychotherapy policy. The first block reaches to 74 minutes; each further block of 30 begins at
75, 105, 135 minutes, so the blocks are the minutes beyond 74, divided by 30 and rounded up.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import ZERO, Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import BCBSIL
from clawguard.domain.checks.timing import session_minutes
from clawguard.domain.codesets.procedures import CRISIS, CRISIS_ADD_ON
from clawguard.domain.facts import SessionFacts, duration_minutes

_FIRST_BLOCK = 74
_BLOCK = 30


@check(
    id="CG106",
    version=1,
    title="Crisis blocks do not match the time",
    category="time",
    severity=Severity.ERROR,
    source=BCBSIL,
    codes=CRISIS_ADD_ON,
    suggested_step="Ask for all start and stop times of the crisis work that day, or correct the number of blocks.",
    provider_message=(
        "The number of further crisis blocks does not match the time we have. Send the note with all times of that "
        "day, or correct the number of blocks."
    ),
    request_items=("progress_note", "start_stop_times"),
)
def crisis_blocks(session: SessionFacts, context: Context) -> Iterator[Finding]:
    minutes = _crisis_minutes(session)
    if minutes is None:
        return
    lines = [line for line in session.service_lines if line.code in CRISIS_ADD_ON]
    billed = sum(line.units for line in lines)
    supported = max(0, -((_FIRST_BLOCK - minutes) // _BLOCK))
    if billed == supported:
        return
    under = billed < supported
    yield crisis_blocks.finding(
        session,
        f"{minutes} minutes of crisis work support {supported} further blocks; {billed} are billed.",
        evidence={"code": lines[0].code, "minutes": minutes, "units": billed, "supported_units": supported},
        line=lines[0],
        severity=Severity.INFO if under else None,
        at_risk=ZERO if under else None,
    )


def _crisis_minutes(session: SessionFacts) -> int | None:
    """All crisis minutes stated: the session's total, else the sum of the lines that state their own."""
    whole = session_minutes(session)
    if whole is not None:
        return whole
    own = [
        duration_minutes(line.start, line.end, line.minutes)
        for line in session.service_lines
        if line.code in CRISIS | CRISIS_ADD_ON
    ]
    stated = [minutes for minutes in own if minutes is not None]
    return sum(stated) if own and len(stated) == len(own) else None
