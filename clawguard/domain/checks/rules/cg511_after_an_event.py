"""The session lies after an event that ends outpatient care, or inside an inpatient stay.

Source: X12 claim adjustment reasons 13 and 27 and remark N47: services after death or the end of coverage, or during
a stay paid by the day, are refused. The date stated for the event may itself be wrong.
"""

import datetime as dt
from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Party, Severity
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import ADJUSTMENT_REASONS
from clawguard.domain.checks.stated import events
from clawguard.domain.facts import SessionFacts

_ENDS = {
    "death": "the client's death",
    "discharge": "the client's discharge",
    "disenrollment": "the end of enrollment",
    "disenrolment": "the end of enrollment",
}
_STAYS = {"inpatient": "an inpatient stay", "residential": "a residential stay"}


@check(
    id="CG511",
    version=1,
    title="Session after the end of care or during a stay",
    category="who may bill",
    scope="facts",
    severity=Severity.ERROR,
    source=ADJUSTMENT_REASONS,
    party=Party.OPEN,
    needs=Needs.FACTS,
    suggested_step="Confirm both dates: that of the session and that of the event.",
    provider_message="The date of this session does not fit another date we have. Please confirm when it took place.",
    request_items=("progress_note", "explanation"),
)
def after_an_event(session: SessionFacts, context: Context) -> Iterator[Finding]:
    on = session.date_of_service
    for kind, first, last in events(context):
        if kind in _ENDS and on > first:
            what = f"after {_ENDS[kind]} on {first.isoformat()}"
        elif kind in _STAYS and first < on and (last is None or on < last):
            what = f"during {_STAYS[kind]} since {first.isoformat()}"
        else:
            continue
        yield after_an_event.finding(
            session,
            f"The session on {on.isoformat()} lies {what}.",
            evidence={"event": kind, "from": first.isoformat(), "to": _iso(last), "date_of_service": on.isoformat()},
        )


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
