"""A diagnostic evaluation is shorter than the network accepts.

Source: Headway CPT guidance. The code itself is untimed, so payers do not deny it for time; the floor is the network's.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import NETWORK_CODES
from clawguard.domain.checks.timing import line_minutes
from clawguard.domain.codesets.groups import EVALUATION
from clawguard.domain.facts import SessionFacts


@check(
    id="CG105",
    version=1,
    title="Evaluation shorter than the network accepts",
    category="time",
    severity=Severity.WARNING,
    source=NETWORK_CODES,
    codes=EVALUATION,
    reads=("minutes", "policy"),
    suggested_step="Ask for start and stop times and the evaluation note.",
    provider_message=(
        "The network accepts an evaluation from 16 minutes on. If it took longer, send the note with its start and "
        "stop times."
    ),
    request_items=("progress_note", "start_stop_times"),
)
def short_evaluation(session: SessionFacts, context: Context) -> Iterator[Finding]:
    least = context.policy(session).least_evaluation_minutes
    for line in session.service_lines:
        if line.code not in context.tables.codes(EVALUATION):
            continue
        minutes, _ = line_minutes(session, line, context.tables)
        if minutes is not None and minutes < least:
            yield short_evaluation.finding(
                session,
                f"The network asks for at least {least} minutes for {line.code}; {minutes} documented.",
                evidence={"code": line.code, "minutes": minutes, "minimum": least},
                line=line,
            )
