"""The documented time would support a longer code than the one billed.

Source: Novitas psychotherapy billing, the same ranges as CG101 read from above. Billing less than was done is not
taken back by a payer, but it is still a code that does not represent the service.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import ZERO, Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import NOVITAS_TIMES
from clawguard.domain.checks.timing import line_minutes
from clawguard.domain.facts import SessionFacts

# The longest tier (90837, 90838) has no upper end: a longer session is still one unit of it.
_NEXT = {"90832": "90834", "90834": "90837", "90833": "90836", "90836": "90838"}


@check(
    id="CG102",
    version=1,
    title="Session longer than the billed code",
    category="time",
    severity=Severity.INFO,
    source=NOVITAS_TIMES,
    codes=frozenset(_NEXT),
    suggested_step="Check the times; if they are right, the longer code describes the session.",
    provider_message=(
        "The time we have is longer than the billed code covers. If the times are right, a longer code describes this "
        "session; if the clock simply ran on, nothing needs to change."
    ),
)
def above_tier(session: SessionFacts, context: Context) -> Iterator[Finding]:
    for line in session.service_lines:
        if line.code not in _NEXT:
            continue
        procedure = context.tables.procedure(line.code)
        minutes, own = line_minutes(session, line, context.tables)
        if procedure is None or procedure.most is None or minutes is None or not own or minutes <= procedure.most:
            continue
        fitting = _fitting(line.code, minutes, context)
        yield above_tier.finding(
            session,
            f"{line.code} covers up to {procedure.most} minutes; {minutes} are documented, which {fitting} describes.",
            evidence={"code": line.code, "minutes": minutes, "maximum": procedure.most, "fitting_code": fitting},
            line=line,
            at_risk=ZERO,
        )


def _fitting(code: str, minutes: int, context: Context) -> str:
    while code in _NEXT:
        procedure = context.tables.procedure(code)
        if procedure is None or procedure.most is None or minutes <= procedure.most:
            break
        code = _NEXT[code]
    return code
