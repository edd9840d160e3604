"""CG207: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import line, other, passes, session, tables_for, trips

ROWS = [
    passes("the visit rests on decision making", session(line("99214", em_basis="mdm"), "90833")),
    passes("nothing is stated", session("99214", "90833")),
    passes("a visit by time without therapy", session(line("99214", em_basis="time"))),
    passes(
        "the visit of the other session rests on decision making",
        session("90833"),
        same_day=(other(line("99214", em_basis="mdm")),),
    ),
    passes(
        "therapy beside a visit of its own, and another visit by time",
        session(line("99213", em_basis="mdm"), "90833"),
        same_day=(other(line("99214", em_basis="time")),),
    ),
    passes(
        "a visit by time, and therapy beside a visit of its own",
        session(line("99214", em_basis="time")),
        same_day=(other(line("99213", em_basis="mdm"), "90833"),),
    ),
    passes(
        "with another provider", session("90833"), same_day=(other(line("99214", em_basis="time"), provider_npi="1"),)
    ),
    trips(
        "therapy in a session of its own, after a visit by time",
        session("90833"),
        {"line": 1, "code": "99214", "therapy": ["90833"], "related": ("S-2",)},
        same_day=(other(line("99214", em_basis="time")),),
    ),
    trips(
        "a visit by time, after therapy in a session of its own",
        session(line("99205", em_basis="time"), at="10:00-11:00"),
        {"line": 1, "code": "99205", "therapy": ["90836"], "related": ("S-2",)},
        same_day=(other("90836"),),
    ),
    trips(
        "prolonged time in one session, therapy in another",
        session("99417"),
        {"code": "99417", "related": ("S-2",)},
        same_day=(other("90833"),),
    ),
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
