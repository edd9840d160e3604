"""CG735: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import note, passes, session, tables_for, trips

ROWS = [
    passes("no note was read", session("96130")),
    passes("everything is there", session("96130"), note=note(N47="met")),
    passes("the network does not know enough", session("96130"), note=note(N47="unsure/no_facts")),
    passes("another element is missing", session("96130"), note=note(N25="missing")),
    trips("testing time by activity", session("96130"), {"n47": "missing"}, note=note(N47="missing")),
    trips(
        "a person has to read it",
        session("96130"),
        {"severity": "info", "risk": "0.00"},
        note=note(N47="unsure/perhaps"),
    ),
]

test_passes, test_trips = tables_for("CG735", ROWS)
