"""CG721: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import note, passes, session, tables_for, trips

ROWS = [
    passes("no note was read", session("90837")),
    passes("everything is there", session("90837"), note=note(N27="met", N28="met", N29="met")),
    passes("the network does not know enough", session("90837"), note=note(N27="unsure/no_facts")),
    passes("another element is missing", session("90837"), note=note(N25="missing")),
    trips(
        "treatment plan on file",
        session("90837"),
        {"n27": "contradicted"},
        note=note(N27="contradicted/plan_old/days=400,most=365"),
    ),
    trips("content of the treatment plan", session("90837"), {"n28": "missing"}, note=note(N28="missing")),
    trips("treatment plan signed", session("90837"), {"n29": "missing"}, note=note(N29="missing")),
    trips(
        "a person has to read it",
        session("90837"),
        {"severity": "info", "risk": "0.00"},
        note=note(N27="unsure/perhaps"),
    ),
]

test_passes, test_trips = tables_for("CG721", ROWS)
