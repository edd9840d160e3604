"""Less than 16 minutes of therapy: no therapy code describes it.

Source: Novitas psychotherapy billing; Texas Medical Association. Unlike CG101 there is no shorter code to move to.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import NOVITAS_TIMES
from clawguard.domain.checks.timing import line_minutes
from clawguard.domain.codesets.groups import TIERS
from clawguard.domain.facts import SessionFacts


@check(
    id="CG104",
    version=2,
    title="Too short for any therapy code",
    category="time",
    severity=Severity.ERROR,
    source=NOVITAS_TIMES,
    codes=TIERS,
    reads=("minutes", "policy"),
    suggested_step="Ask for start and stop times; if they are right, the therapy line cannot be billed.",
    provider_message=(
        "Therapy this short has no billing code. If the session ran longer, send the note with its start "
        "and stop times; if not, withdraw the line."
    ),
    request_items=("progress_note", "start_stop_times"),
)
def under_sixteen(session: SessionFacts, context: Context) -> Iterator[Finding]:
    least = context.policy(session).least_therapy_minutes
    for line in session.service_lines:
        if line.code not in context.tables.codes(TIERS):
            continue
        minutes, _ = line_minutes(session, line, context.tables)
        if minutes is not None and minutes < least:
            yield under_sixteen.finding(
                session,
                f"Therapy under {least} minutes cannot be billed; {minutes} documented for {line.code}.",
                evidence={"code": line.code, "minutes": minutes, "minimum": least},
                line=line,
            )
