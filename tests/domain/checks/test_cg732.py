"""CG732: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import note, passes, session, tables_for, trips

ROWS = [
    passes("no note was read", session("90853")),
    passes("everything is there", session("90853"), note=note(N43="met", N44="met")),
    passes("the network does not know enough", session("90853"), note=note(N43="unsure/no_facts")),
    passes("another element is missing", session("90853"), note=note(N25="missing")),
    trips("topic and the client's own part", session("90853"), {"n44": "missing"}, note=note(N44="missing/no_part")),
    trips("size of the group", session("90853"), {"n43": "missing"}, note=note(N43="missing")),
    trips(
        "a person has to read it",
        session("90853"),
        {"severity": "info", "risk": "0.00"},
        note=note(N43="unsure/perhaps"),
    ),
]

test_passes, test_trips = tables_for("CG732", ROWS)
