"""A single therapy session runs unusually long.

Source: Novitas psychotherapy billing: from 53 minutes on there is one code and no code for the time beyond, so a very
long session is paid as one unit and is often looked at. From which length on is a decision of the network or payer.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import ZERO, Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import NOVITAS_TIMES
from clawguard.domain.checks.timing import line_minutes
from clawguard.domain.facts import SessionFacts

_CODES = frozenset({"90837", "90838"})


@check(
    id="CG107",
    version=2,
    title="Unusually long therapy session",
    category="time",
    severity=Severity.INFO,
    source=NOVITAS_TIMES,
    codes=_CODES,
    reads=("minutes", "policy"),
    suggested_step="Check that the times are right; if they are, the note should say why the session was long.",
    provider_message=(
        "This session is longer than most. If the times are right, a line in the note on why it was long is enough."
    ),
)
def long_session(session: SessionFacts, context: Context) -> Iterator[Finding]:
    rules = context.policy(session)
    usual = rules.long_session_minutes
    for line in session.service_lines:
        if line.code not in _CODES:
            continue
        minutes, own = line_minutes(session, line, context.tables)
        if minutes is not None and own and minutes > usual:
            yield long_session.finding(
                session,
                f"{line.code} with {minutes} documented minutes; sessions above {usual} minutes are often reviewed.",
                evidence={"code": line.code, "minutes": minutes, "usual_maximum": usual},
                line=line,
                severity=Severity.WARNING if minutes > rules.very_long_session_minutes else None,
                at_risk=ZERO,
            )
