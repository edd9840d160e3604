"""CG108: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt

from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("the date is the day of the start", session()),
    passes("a session may end after midnight", session(at="23:30-00:25")),
    passes("no times, nothing to contradict", session(at=None)),
    passes(
        "an evening in New York is the next day in UTC only",
        session(
            start=dt.datetime(2026, 3, 19, 0, 30, tzinfo=dt.UTC), end=dt.datetime(2026, 3, 19, 1, 25, tzinfo=dt.UTC)
        ),
    ),
    passes(
        "half past midnight in New York is still the day before in Hawaii, where the client is",
        session(
            start=dt.datetime(2026, 3, 19, 4, 30, tzinfo=dt.UTC), end=dt.datetime(2026, 3, 19, 5, 25, tzinfo=dt.UTC)
        ),
    ),
    trips("the end is the start", session(at="10:00-10:00"), {"severity": "warning", "says": "ends before"}),
    trips(
        "the times are of the day before",
        session(start=dt.datetime(2026, 3, 17, 14, tzinfo=dt.UTC), end=dt.datetime(2026, 3, 17, 15, tzinfo=dt.UTC)),
        {"local_day": "2026-03-17", "date_of_service": "2026-03-18"},
    ),
    trips(
        "the end is before the start",
        session("90853", start=session().end, end=session().start),
        {"says": "ends before"},
        cured=session("90853"),
    ),
]

test_passes, test_trips = tables_for("CG108", ROWS)
