"""CG728: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import note, passes, session, tables_for, trips

ROWS = [
    passes("no note was read", session("90792")),
    passes("everything is there", session("90792"), note=note(N37="met")),
    passes("the network does not know enough", session("90792"), note=note(N37="unsure/no_facts")),
    passes("another element is missing", session("90792"), note=note(N25="missing")),
    trips("medication reviewed", session("90792"), {"n37": "missing"}, note=note(N37="missing/no_effects")),
    trips(
        "a person has to read it",
        session("90792"),
        {"severity": "info", "risk": "0.00"},
        note=note(N37="unsure/perhaps"),
    ),
]

test_passes, test_trips = tables_for("CG728", ROWS)
