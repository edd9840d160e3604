"""CG739: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import note, passes, session, tables_for, trips

ROWS = [
    passes("no note was read", session("90837")),
    passes("everything is there", session("90837"), note=note(N52="met", N53="met")),
    passes("the network does not know enough", session("90837"), note=note(N52="unsure/no_facts")),
    passes("another element is missing", session("90837"), note=note(N25="missing")),
    trips(
        "addendum headed, dated and signed", session("90837"), {"n52": "missing"}, note=note(N52="missing/not_dated")
    ),
    trips("addendum leaves note and code alone", session("90837"), {"n53": "missing"}, note=note(N53="missing")),
    trips(
        "a person has to read it",
        session("90837"),
        {"severity": "info", "risk": "0.00"},
        note=note(N52="unsure/perhaps"),
    ),
]

test_passes, test_trips = tables_for("CG739", ROWS)
