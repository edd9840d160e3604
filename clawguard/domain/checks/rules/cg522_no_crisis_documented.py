"""Crisis work is billed, and the provider states that no crisis is documented.

Source: BCBS Illinois psychotherapy policy describes crisis work as urgent: the record has to show the crisis. Where
nothing is stated, the note tells (CG731).
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import BCBSIL
from clawguard.domain.codesets.groups import CRISIS, CRISIS_ADD_ON
from clawguard.domain.facts import SessionFacts

_CODES = CRISIS | CRISIS_ADD_ON


@check(
    id="CG522",
    version=1,
    title="Crisis billed and not documented",
    category="who may bill",
    severity=Severity.WARNING,
    source=BCBSIL,
    codes=_CODES,
    reads=("documented",),
    suggested_step="Ask what the note says of the crisis; without one, the session is therapy of its length.",
    provider_message=(
        "Crisis work is billed, and the session says that no crisis is documented. If there was one, please say so and "
        "send the note; if not, choose the code that describes the session."
    ),
    request_items=("progress_note",),
)
def no_crisis_documented(session: SessionFacts, context: Context) -> Iterator[Finding]:
    if session.documented.crisis is not False:
        return
    for line in session.service_lines:
        if line.code in context.tables.codes(_CODES):
            yield no_crisis_documented.finding(
                session,
                f"{line.code} is billed; the session states that no crisis is documented.",
                evidence={"code": line.code, "crisis_documented": False},
                line=line,
            )
