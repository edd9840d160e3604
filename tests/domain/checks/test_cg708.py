"""CG708: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import note, passes, session, tables_for, trips

ROWS = [
    passes("no note was read", session("90837")),
    passes("everything is there", session("90837"), note=note(N11="met", N12="met", N13="met", N14="met")),
    passes("the network does not know enough", session("90837"), note=note(N11="unsure/no_facts")),
    passes("another element is missing", session("90837"), note=note(N25="missing")),
    trips("consent to telehealth", session("90837"), {"n12": "missing"}, note=note(N12="missing")),
    trips("telehealth method and secure platform", session("90837"), {"n11": "missing"}, note=note(N11="missing")),
    trips("state the client was in", session("90837"), {"n13": "missing"}, note=note(N13="missing")),
    trips("why it was by phone", session("90837"), {"n14": "missing"}, note=note(N14="missing")),
    trips(
        "a person has to read it",
        session("90837"),
        {"severity": "info", "risk": "0.00"},
        note=note(N11="unsure/perhaps"),
    ),
]

test_passes, test_trips = tables_for("CG708", ROWS)
