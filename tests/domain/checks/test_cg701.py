"""CG701: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import note, passes, session, tables_for, trips

ROWS = [
    passes("no note was read", session("90837")),
    passes("everything is there", session("90837"), note=note(N01="met", N02="met")),
    passes("the network does not know enough", session("90837"), note=note(N01="unsure/no_facts")),
    passes("another element is missing", session("90837"), note=note(N25="missing")),
    trips(
        "client's name on every page", session("90837"), {"n01": "missing"}, note=note(N01="missing/some_pages/pages=1")
    ),
    trips("birth date on every page", session("90837"), {"n02": "missing"}, note=note(N02="missing")),
    trips(
        "a person has to read it",
        session("90837"),
        {"severity": "info", "risk": "0.00"},
        note=note(N01="unsure/perhaps"),
    ),
]

test_passes, test_trips = tables_for("CG701", ROWS)
