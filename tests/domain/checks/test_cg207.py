"""CG207: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import line, passes, session, tables_for, trips

ROWS = [
    passes("the visit rests on decision making", session(line("99214", em_basis="mdm"), "90833")),
    passes("nothing is stated", session("99214", "90833")),
    passes("a visit by time without therapy", session(line("99214", em_basis="time"))),
    trips("a visit by time beside therapy", session(line("99214", em_basis="time"), "90833"), {"line": 1}),
    trips("a prolonged visit beside therapy", session("99215", "99417", "90833"), {"code": "99417", "line": 2}),
    trips(
        "a video visit by time",
        session(line("98006", em_basis="time"), line("90836", 2, minutes=40), at="10:00-11:00"),
        {"line": 1},
        cured=session(line("98006", em_basis="mdm"), line("90836", 2, minutes=40), at="10:00-11:00"),
    ),
]

test_passes, test_trips = tables_for("CG207", ROWS)
