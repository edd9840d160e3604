"""CG104: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, tables_with, trips

ROWS = [
    passes("16 minutes can be billed", session("90832", minutes=16)),
    passes("family work has its own minimum", session("90847", minutes=10)),
    passes("no time is not a short time", session("90832", at=None)),
    passes("a payer that accepts twelve", session("90832", minutes=12), tables=tables_with(least_therapy_minutes=12)),
    trips("15 minutes cannot be billed", session("90832", minutes=15), {"minimum": 16, "minutes": 15}),
    trips("ten minutes under the longest code", session("90837", minutes=10)),
    trips("the whole with a visit was shorter", session("99213", "90833", minutes=15), {"line": 2}),
    trips(
        "the same payer at eleven",
        session("90832", minutes=11),
        {"minimum": 12},
        tables=tables_with(least_therapy_minutes=12),
    ),
    trips(
        "a payer that asks for twenty",
        session("90832", minutes=19),
        {"minimum": 20},
        tables=tables_with(least_therapy_minutes=20),
        cured=session("90832", minutes=20),
    ),
]

test_passes, test_trips = tables_for("CG104", ROWS)
