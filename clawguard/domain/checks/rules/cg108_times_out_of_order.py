"""The stated times contradict each other or the date of service.

Source: Headway billing and documentation reviews, which compare the calendar, the note and the claim. The date of
service is the day on which the session began where the provider practises.
"""

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from zoneinfo import ZoneInfo

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import NETWORK_REVIEWS
from clawguard.domain.checks.timing import as_evidence
from clawguard.domain.facts import SessionFacts

_EDGES = (dt.timezone(dt.timedelta(hours=-4)), dt.timezone(dt.timedelta(hours=-10)))  # eastern summer time, Hawaii


@check(
    id="CG108",
    version=1,
    title="Times contradict the date or each other",
    category="time",
    severity=Severity.WARNING,
    source=NETWORK_REVIEWS,
    suggested_step="Ask which of the date and the times is right, and correct the session.",
    provider_message="The date and the times of this session do not fit together. Please correct whichever is wrong.",
    request_items=("start_stop_times",),
)
def times_out_of_order(session: SessionFacts, context: Context) -> Iterator[Finding]:
    start, end = session.start, session.end
    if start is None:
        return
    if end is not None and end <= start:
        yield times_out_of_order.finding(
            session,
            "The session ends before or when it starts.",
            evidence={"start": as_evidence(start), "end": as_evidence(end)},
        )
        return
    local_day = start.astimezone(_zone(session.provider_time_zone)).date()
    if local_day != session.date_of_service and not _is_that_day_somewhere(start, session.date_of_service):
        yield times_out_of_order.finding(
            session,
            f"The session starts on {local_day.isoformat()} where the provider practices; "
            f"the date of service is {session.date_of_service.isoformat()}.",
            evidence={
                "start": as_evidence(start),
                "local_day": local_day.isoformat(),
                "date_of_service": session.date_of_service.isoformat(),
            },
        )


@lru_cache(maxsize=512)
def _zone(name: str) -> dt.tzinfo:
    return ZoneInfo(name)


def _is_that_day_somewhere(start: dt.datetime, day: dt.date) -> bool:
    """Whether it is ``day`` in any state at that instant: the client, and the calendar used, may be in another one."""
    return any(start.astimezone(zone).date() == day for zone in _EDGES)
