"""CG734: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import note, passes, session, tables_for, trips

ROWS = [
    passes("no note was read", session("96127")),
    passes("everything is there", session("96127"), note=note(N46="met")),
    passes("the network does not know enough", session("96127"), note=note(N46="unsure/no_facts")),
    passes("another element is missing", session("96127"), note=note(N25="missing")),
    trips("instrument with its score", session("96127"), {"n46": "missing"}, note=note(N46="missing/no_score")),
    trips(
        "a person has to read it",
        session("96127"),
        {"severity": "info", "risk": "0.00"},
        note=note(N46="unsure/perhaps"),
    ),
]

test_passes, test_trips = tables_for("CG734", ROWS)
