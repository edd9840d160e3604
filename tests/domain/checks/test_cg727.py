"""CG727: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import note, passes, session, tables_for, trips

ROWS = [
    passes("no note was read", session("99214-25", "90833")),
    passes("everything is there", session("99214-25", "90833"), note=note(N35="met", N36="met")),
    passes("the network does not know enough", session("99214-25", "90833"), note=note(N35="unsure/no_facts")),
    passes("another element is missing", session("99214-25", "90833"), note=note(N25="missing")),
    trips(
        "visit and therapy kept apart",
        session("99214-25", "90833"),
        {"n35": "missing"},
        note=note(N35="missing/no_minutes"),
    ),
    trips(
        "problems, data and risk of the visit",
        session("99214-25", "90833"),
        {"n36": "missing"},
        note=note(N36="missing"),
    ),
    trips(
        "a person has to read it",
        session("99214-25", "90833"),
        {"severity": "info", "risk": "0.00"},
        note=note(N35="unsure/perhaps"),
    ),
]

test_passes, test_trips = tables_for("CG727", ROWS)
