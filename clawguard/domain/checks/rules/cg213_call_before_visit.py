"""A phone call is billed within the 24 hours before a visit that it may have led to.

Source: the definition of the phone codes (98966 to 98968, before 2025 also 99441 to 99443) and of the short check-in: a
call that leads to a visit within the next 24 hours is part of it. Whether it did, only the note tells. Calls of the
visit's own day are told by CG212. Told once, on whichever of the two arrived later.
"""

import datetime as dt
from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity, exposure
from clawguard.domain.checks.neighbours import is_visit
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import PHONE_CODES
from clawguard.domain.checks.timing import clock_interval
from clawguard.domain.codesets.groups import CALLS
from clawguard.domain.facts import SessionFacts

_DAY = dt.timedelta(days=1)
_HOURS = 24


@check(
    id="CG213",
    version=1,
    title="Phone call that may have led to a visit",
    category="pairs",
    scope="same day",
    severity=Severity.WARNING,
    source=PHONE_CODES,
    needs=Needs.NEIGHBOURS,
    suggested_step="Ask what the call was about; a call that led to the visit is part of it.",
    provider_message=(
        "A call and a visit with this client are on record within 24 hours, and a call that led to the visit is part "
        "of it. Please tell us what the call was about, or send the note."
    ),
    request_items=("progress_note", "explanation"),
)
def call_before_visit(session: SessionFacts, context: Context) -> Iterator[Finding]:
    for other in context.same_day:
        if other.client_key != session.client_key or other.provider_npi != session.provider_npi:
            continue
        if other.date_of_service - session.date_of_service == _DAY:
            yield from _of(session, session, other, context)
        elif session.date_of_service - other.date_of_service == _DAY:
            yield from _of(session, other, session, context)


def _of(session: SessionFacts, before: SessionFacts, after: SessionFacts, context: Context) -> Iterator[Finding]:
    """``session`` is one of the two; the call is of the day ``before``, the visit of the day ``after``."""
    calls = context.tables.codes(CALLS)
    call = next((line for line in before.service_lines if line.code in calls), None)
    visit = next((line for line in after.service_lines if is_visit(line, context)), None)
    if call is None or visit is None:
        return
    hours = _hours_between(before, after)
    if hours is not None and hours > _HOURS:
        return
    known = hours is not None
    yield call_before_visit.finding(
        session,
        f"{call.code} is billed for the {'24 hours' if known else 'day'} before a visit ({visit.code}); a call that "
        f"leads to a visit within 24 hours is part of it{'' if known else ', and the times are not stated'}.",
        evidence={"code": call.code, "visit": visit.code, "times_stated": known},
        line=call if session is before else visit,
        severity=None if known else Severity.INFO,
        at_risk=exposure(before, call),
        related=((after if session is before else before).external_id,),
    )


def _hours_between(before: SessionFacts, after: SessionFacts) -> float | None:
    """From the end of the call to the beginning of the visit, where both are stated."""
    call, visit = clock_interval(before), clock_interval(after)
    return None if call is None or visit is None else (visit[0] - call[1]) / 3600
