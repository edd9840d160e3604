"""CG105: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, tables_with, trips

ROWS = [
    passes("16 minutes are accepted", session("90791", minutes=16)),
    passes("no time is asked of an evaluation", session("90791", at=None)),
    passes("the floor is not for therapy", session("90832", minutes=15)),
    passes(
        "twenty where twenty are asked for",
        session("90791", minutes=20),
        tables=tables_with(least_evaluation_minutes=20),
    ),
    trips("15 minutes are too few", session("90791", minutes=15), {"severity": "warning", "minimum": 16}),
    trips("the same with medical work", session("90792", minutes=5, provider_license="MD")),
    trips(
        "a network that asks for twenty",
        session("90791", minutes=19),
        {"minimum": 20},
        tables=tables_with(least_evaluation_minutes=20),
        cured=session("90791", minutes=20),
    ),
]

test_passes, test_trips = tables_for("CG105", ROWS)
