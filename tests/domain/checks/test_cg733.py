"""CG733: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import note, passes, session, tables_for, trips

ROWS = [
    passes("no note was read", session("90847")),
    passes("everything is there", session("90847"), note=note(N45="met")),
    passes("the network does not know enough", session("90847"), note=note(N45="unsure/no_facts")),
    passes("another element is missing", session("90847"), note=note(N25="missing")),
    trips("how family work treats the client", session("90847"), {"n45": "missing"}, note=note(N45="missing")),
    trips(
        "a person has to read it",
        session("90847"),
        {"severity": "info", "risk": "0.00"},
        note=note(N45="unsure/perhaps"),
    ),
]

test_passes, test_trips = tables_for("CG733", ROWS)
