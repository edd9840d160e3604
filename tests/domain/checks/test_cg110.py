"""CG110: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clawguard.domain.facts import SessionFacts
from tests.domain.checks.builders import line, passes, session, tables_for, times, trips

SPRING = dt.date(2026, 3, 8)  # the clocks go forward at two in the morning


def timed(text: str, minutes: int, **facts: Any) -> SessionFacts:
    """A session with both clock times and a stated total."""
    start, end = times(text, facts.get("date_of_service", dt.date(2026, 3, 18)))
    return session(minutes=minutes, start=start, end=end, **facts)


ROWS = [
    passes("only times", session()),
    passes("only a total", session(minutes=55)),
    passes("the total is the clock's", session(start=session().start, end=session().end, minutes=55)),
    passes("a break was taken out", session(start=session().start, end=session().end, minutes=47)),
    passes("a begun minute counts whole", timed("10:00-10:52:40", 53)),
    passes("a total with a start alone", session(start=session().start, minutes=55)),
    passes("a line whose minutes fit its times", session(line("90837", at="10:00-10:55", minutes=55))),
    passes("nothing for an hour that the clock skipped", timed("01:30-03:25", 55, date_of_service=SPRING)),
    trips(
        "one minute more",
        timed("10:00-10:55", 56),
        {"minutes": 56, "clock_minutes": 55},
        cured=timed("10:00-10:55", 55),
    ),
    trips("a minute more than the begun one", timed("10:00-10:52:40", 54), {"clock_minutes": 53}),
    trips(
        "the hour that the clock skipped does not count",
        timed("01:30-03:25", 56, date_of_service=SPRING),
        {"clock_minutes": 55},
    ),
    trips(
        "a line's minutes beyond its times",
        session(line("90837", at="10:00-10:50", minutes=53)),
        {"line": 1, "clock_minutes": 50},
    ),
]

test_passes, test_trips = tables_for("CG110", ROWS)
