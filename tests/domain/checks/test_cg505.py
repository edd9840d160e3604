"""CG505: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt

from tests.domain.checks.builders import passes, session, tables_for, tables_with, trips

BLOCKS_FAMILY = tables_with(blocked_codes=frozenset({"90847"}))
NO_TESTING_BLOCK = tables_with(testing_blocked_from=None)

ROWS = [
    passes("therapy", session()),
    passes("testing on the day before the block", session("96130", date_of_service=dt.date(2024, 4, 23))),
    trips(
        "testing on the first day of the block",
        session("96130", date_of_service=dt.date(2024, 4, 24)),
        {"since": "2024-04-24"},
    ),
    passes("another code than the policy blocks", session("90846"), tables=BLOCKS_FAMILY),
    passes("a payer that accepts testing", session("96130"), tables=NO_TESTING_BLOCK),
    passes("the block of another payer", session("90847", payer_id="90001"), tables=BLOCKS_FAMILY),
    passes("before the policy's period", session("90847", date_of_service=dt.date(2025, 12, 31)), tables=BLOCKS_FAMILY),
    trips("a code the policy blocks", session("90847"), {"code": "90847", "since": None}, tables=BLOCKS_FAMILY),
    trips(
        "on the first day of the policy's period",
        session("90847", date_of_service=dt.date(2026, 1, 1)),
        tables=BLOCKS_FAMILY,
    ),
    trips("each line is told", session("96136", "96137"), {"count": 2}),
]

test_passes, test_trips = tables_for("CG505", ROWS)
