"""CG709: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import note, passes, session, tables_for, trips

ROWS = [
    passes("no note was read", session("90846")),
    passes("everything is there", session("90846"), note=note(N15="met")),
    passes("the network does not know enough", session("90846"), note=note(N15="unsure/no_facts")),
    passes("another element is missing", session("90846"), note=note(N25="missing")),
    trips("who took part", session("90846"), {"n15": "contradicted"}, note=note(N15="contradicted/client_there")),
    trips(
        "a person has to read it",
        session("90846"),
        {"severity": "info", "risk": "0.00"},
        note=note(N15="unsure/perhaps"),
    ),
]

test_passes, test_trips = tables_for("CG709", ROWS)
