"""More 15-minute units are billed than the documented minutes hold.

Source: the CPT midpoint rule: a unit counts once its middle is passed, so 8 minutes make one unit and 23 make two.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import MIDPOINT
from clawguard.domain.checks.timing import line_minutes
from clawguard.domain.codesets.procedures import ABA
from clawguard.domain.facts import SessionFacts

_UNIT = 15
_PAST_MIDDLE = 7


@check(
    id="CG109",
    version=1,
    title="More units than the time supports",
    category="time",
    severity=Severity.ERROR,
    source=MIDPOINT,
    codes=ABA,
    suggested_step="Ask for start and stop times, or correct the units.",
    provider_message=(
        "More units are billed than the time we have supports. Send the note with its start and stop times, or "
        "correct the units."
    ),
    request_items=("progress_note", "start_stop_times"),
)
def units_beyond_minutes(session: SessionFacts, context: Context) -> Iterator[Finding]:
    for line in session.service_lines:
        if line.code not in ABA:
            continue
        minutes, _ = line_minutes(session, line, context.tables)
        if minutes is None:
            continue
        supported = (minutes + _PAST_MIDDLE) // _UNIT
        if line.units > supported:
            yield units_beyond_minutes.finding(
                session,
                f"{minutes} minutes support {supported} units of {line.code}; {line.units} are billed.",
                evidence={
                    "code": line.code,
                    "minutes": minutes,
                    "units": line.units,
                    "supported_units": supported,
                },
                line=line,
            )
