"""CG703: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import note, passes, session, tables_for, trips

ROWS = [
    passes("no note was read", session("90837")),
    passes("everything is there", session("90837"), note=note(N04="met", N05="met")),
    passes("the network does not know enough", session("90837"), note=note(N04="unsure/no_facts")),
    passes("another element is missing", session("90837"), note=note(N25="missing")),
    trips("provider's name and credentials", session("90837"), {"n04": "missing"}, note=note(N04="missing")),
    trips("NPI or licence number", session("90837"), {"n05": "missing"}, note=note(N05="missing")),
    trips(
        "a person has to read it",
        session("90837"),
        {"severity": "info", "risk": "0.00"},
        note=note(N04="unsure/perhaps"),
    ),
]

test_passes, test_trips = tables_for("CG703", ROWS)
