"""An office visit with therapy beside it was chosen by time.

Source: Texas Medical Association: when a therapy add-on is billed, the visit's level rests on medical decision making,
because the same minutes cannot count twice. Prolonged-visit codes need a visit chosen by time, so they exclude therapy.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import VISIT_AND_THERAPY
from clawguard.domain.codesets.procedures import THERAPY_ADD_ON, codes_of
from clawguard.domain.facts import SessionFacts

_PROLONGED = codes_of("prolonged_em")


@check(
    id="CG207",
    version=1,
    title="Visit chosen by time beside therapy",
    category="pairs",
    severity=Severity.ERROR,
    source=VISIT_AND_THERAPY,
    codes=THERAPY_ADD_ON,
    reads=(),
    suggested_step="Ask for the medical decision making behind the visit's level, or correct the level.",
    provider_message=(
        "With therapy beside it, a visit's level rests on medical decision making, not on time. Please check the "
        "level and send the note."
    ),
    request_items=("progress_note",),
)
def visit_by_time(session: SessionFacts, context: Context) -> Iterator[Finding]:
    for line in session.service_lines:
        if line.em_basis == "time" or line.code in _PROLONGED:
            yield visit_by_time.finding(
                session,
                f"{line.code} counts time, and therapy beside it counts the same minutes.",
                evidence={"code": line.code, "basis": "time", "therapy": sorted(session.codes & THERAPY_ADD_ON)},
                line=line,
            )
