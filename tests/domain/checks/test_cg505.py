"""CG505: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt

from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("therapy", session()),
    passes("testing on the day before the block", session("96130", date_of_service=dt.date(2024, 4, 23))),
    trips(
        "testing on the first day of the block",
        session("96130", date_of_service=dt.date(2024, 4, 24)),
        {"since": "2024-04-24"},
    ),
    trips("each line is told", session("96136", "96137"), {"count": 2}),
]

test_passes, test_trips = tables_for("CG505", ROWS)
