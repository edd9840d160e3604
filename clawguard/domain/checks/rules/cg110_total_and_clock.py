"""A stated total of minutes is longer than the clock times it belongs to.

Source: Headway billing and documentation reviews, which compare the note, the calendar and the claim. A total may be
shorter than the clock, because breaks are taken out; it cannot be longer. A begun minute counts whole here.
"""

import datetime as dt
from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import NETWORK_REVIEWS
from clawguard.domain.checks.timing import clock_minutes
from clawguard.domain.facts import SessionFacts


@check(
    id="CG110",
    version=1,
    title="Stated minutes exceed the clock times",
    category="time",
    severity=Severity.WARNING,
    source=NETWORK_REVIEWS,
    reads=("minutes",),
    suggested_step="Ask which is right, the minutes or the start and stop times, and correct the other.",
    provider_message=(
        "The minutes stated for this session are more than its start and stop times hold. Please correct whichever is "
        "wrong, or send the note."
    ),
    request_items=("progress_note", "start_stop_times"),
)
def total_and_clock(session: SessionFacts, context: Context) -> Iterator[Finding]:
    clock = _longer(session.minutes, session.start, session.end)
    if clock is not None:
        yield total_and_clock.finding(
            session,
            f"{session.minutes} minutes are stated; start and stop hold {clock}.",
            evidence={"minutes": session.minutes, "clock_minutes": clock},
        )
    for line in session.service_lines:
        clock = None if line.minutes is None else _longer(line.minutes, line.start, line.end)
        if clock is not None:
            yield total_and_clock.finding(
                session,
                f"{line.minutes} minutes are stated for {line.code}; its start and stop hold {clock}.",
                evidence={"code": line.code, "minutes": line.minutes, "clock_minutes": clock},
                line=line,
            )


def _longer(stated: int | None, start: dt.datetime | None, end: dt.datetime | None) -> int | None:
    """The minutes of the clock, where the stated ones exceed them."""
    if stated is None:
        return None
    clock = clock_minutes(start, end)
    return clock if clock is not None and stated > clock else None
