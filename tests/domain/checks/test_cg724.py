"""CG724: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import note, passes, session, tables_for, trips

ROWS = [
    passes("no note was read", session("90837")),
    passes("everything is there", session("90837"), note=note(N32="met", N51="met")),
    passes("the network does not know enough", session("90837"), note=note(N32="unsure/no_facts")),
    passes("another element is missing", session("90837"), note=note(N25="missing")),
    trips(
        "signed within 72 hours",
        session("90837"),
        {"n32": "contradicted"},
        note=note(N32="contradicted/signed_late/hours=210"),
    ),
    trips("late entry with its reason", session("90837"), {"n51": "missing"}, note=note(N51="missing")),
    trips(
        "a person has to read it",
        session("90837"),
        {"severity": "info", "risk": "0.00"},
        note=note(N32="unsure/perhaps"),
    ),
]

test_passes, test_trips = tables_for("CG724", ROWS)
