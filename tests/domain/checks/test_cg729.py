"""CG729: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import note, passes, session, tables_for, trips

ROWS = [
    passes("no note was read", session("90791")),
    passes("everything is there", session("90791"), note=note(N38="met", N39="met", N40="met")),
    passes("the network does not know enough", session("90791"), note=note(N38="unsure/no_facts")),
    passes("another element is missing", session("90791"), note=note(N25="missing")),
    trips(
        "histories of the evaluation",
        session("90791"),
        {"n38": "missing"},
        note=note(N38="missing/histories/found=3,wanted=5"),
    ),
    trips("prognosis", session("90791"), {"n39": "missing"}, note=note(N39="missing")),
    trips("initial plan", session("90791"), {"n40": "missing"}, note=note(N40="missing")),
    trips(
        "a person has to read it",
        session("90791"),
        {"severity": "info", "risk": "0.00"},
        note=note(N38="unsure/perhaps"),
    ),
]

test_passes, test_trips = tables_for("CG729", ROWS)
