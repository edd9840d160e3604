"""CG730: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import note, passes, session, tables_for, trips

ROWS = [
    passes("no note was read", session("90837", "90785")),
    passes("everything is there", session("90837", "90785"), note=note(N41="met")),
    passes("the network does not know enough", session("90837", "90785"), note=note(N41="unsure/no_facts")),
    passes("another element is missing", session("90837", "90785"), note=note(N25="missing")),
    trips("reason for interactive complexity", session("90837", "90785"), {"n41": "missing"}, note=note(N41="missing")),
    trips(
        "a person has to read it",
        session("90837", "90785"),
        {"severity": "info", "risk": "0.00"},
        note=note(N41="unsure/perhaps"),
    ),
]

test_passes, test_trips = tables_for("CG730", ROWS)
