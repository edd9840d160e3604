"""An office visit with therapy beside it was chosen by time.

Source: Texas Medical Association: when a therapy add-on is billed, the visit's level rests on medical decision making,
because the same minutes cannot count twice. Prolonged-visit codes need a visit chosen by time, so they exclude therapy.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.neighbours import same_visit_day
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import VISIT_AND_THERAPY
from clawguard.domain.codesets.groups import THERAPY_ADD_ON
from clawguard.domain.codesets.procedure_table import of_kind
from clawguard.domain.facts import ServiceLineFacts, SessionFacts

_PROLONGED = of_kind("prolonged_em")
_VISITS = of_kind("em_new", "em_est", "telemedicine_em", "phone_em")
_TIMED_WORK = _VISITS | _PROLONGED


@check(
    id="CG207",
    version=2,
    title="Visit chosen by time beside therapy",
    category="pairs",
    scope="same day",
    severity=Severity.ERROR,
    source=VISIT_AND_THERAPY,
    codes=THERAPY_ADD_ON | _TIMED_WORK,
    reads=("same_visit",),
    suggested_step="Ask for the medical decision making behind the visit's level, or correct the level.",
    provider_message=(
        "With therapy beside it, a visit's level rests on medical decision making, not on time. Please check the "
        "level and send the note."
    ),
    request_items=("progress_note",),
)
def visit_by_time(session: SessionFacts, context: Context) -> Iterator[Finding]:
    others = same_visit_day(session, context) if context.same_day else []
    added_on = context.tables.codes(THERAPY_ADD_ON)
    therapy = session.codes & added_on
    for line in session.service_lines:
        if _by_time(line, context):
            beside = [] if therapy else [other for other in others if _therapy_alone(other, context)]
            added = therapy.union(*(other.codes & added_on for other in beside))
            if added:
                yield _told(session, line, line.code, added, beside)
    if _therapy_alone(session, context):
        at_line = next(line for line in session.service_lines if line.code in added_on)
        for other in others:
            for line in other.service_lines:
                if _by_time(line, context):
                    yield _told(session, at_line, line.code, therapy, [other])


def _by_time(line: ServiceLineFacts, context: Context) -> bool:
    return line.em_basis == "time" or line.code in context.tables.codes(_PROLONGED)


def _therapy_alone(session: SessionFacts, context: Context) -> bool:
    """Whether it bills therapy to be added to a visit, and the visit is of another session."""
    codes = context.tables.codes
    return not session.codes.isdisjoint(codes(THERAPY_ADD_ON)) and session.codes.isdisjoint(codes(_TIMED_WORK))


def _told(
    session: SessionFacts, line: ServiceLineFacts, code: str, therapy: frozenset[str], beside: list[SessionFacts]
) -> Finding:
    return visit_by_time.finding(
        session,
        f"{code} counts time, and therapy beside it counts the same minutes.",
        evidence={"code": code, "basis": "time", "therapy": sorted(therapy)},
        line=line,
        related=tuple([other.external_id for other in beside]),
    )
