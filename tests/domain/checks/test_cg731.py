"""CG731: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import note, passes, session, tables_for, trips

ROWS = [
    passes("no note was read", session("90839")),
    passes("everything is there", session("90839"), note=note(N42="met")),
    passes("the network does not know enough", session("90839"), note=note(N42="unsure/no_facts")),
    passes("another element is missing", session("90839"), note=note(N25="missing")),
    trips(
        "the crisis and its end",
        session("90839"),
        {"n42": "missing"},
        note=note(N42="missing/crisis_parts/found=2,wanted=4"),
    ),
    trips(
        "a person has to read it",
        session("90839"),
        {"severity": "info", "risk": "0.00"},
        note=note(N42="unsure/perhaps"),
    ),
]

test_passes, test_trips = tables_for("CG731", ROWS)
