"""CG407: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("a group code with the group mark", session("90853-HQ")),
    passes("family with the client", session("90847-HR")),
    passes("family without the client", session("90846-HS")),
    trips("individual work with the group mark", session("90837-HQ"), {"modifier": "HQ", "line": 1}),
    trips("family without the client, marked with", session("90846-HR")),
    trips("family with the client, marked without", session("90847-HS")),
]

test_passes, test_trips = tables_for("CG407", ROWS)
