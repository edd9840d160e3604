"""CG407: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("a group code with the group mark", session("90853-HQ")),
    passes("family with the client", session("90847-HR")),
    passes("family without the client", session("90846-HS")),
    passes("several families are families and a group", session("90849-HR")),
    passes("health-behaviour work in a group", session("96164-HQ")),
    trips("individual work with the group mark", session("90837-HQ"), {"modifier": "HQ", "line": 1}),
    trips("family without the client, marked with", session("90846-HR")),
    trips("family with the client, marked without", session("90847-HS")),
    trips("the mark removed", session("90837-HQ"), cured=session("90837")),
    trips("family work with the group mark", session("90847-HQ")),
    trips("a group with the family mark", session("90853-HR"), {"modifier": "HR"}),
    trips(
        "health-behaviour work with one client, marked as a group",
        session("96158-HQ", "96159-HQ", minutes=40),
        {"count": 2},
    ),
    trips("with the family alone, marked with the client", session("96170-HR")),
    trips("an evaluation with the group mark", session("90791-HQ")),
    trips("crisis work with the group mark", session("90839-HQ")),
]

test_passes, test_trips = tables_for("CG407", ROWS)
