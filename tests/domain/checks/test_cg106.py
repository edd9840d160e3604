"""CG106: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import line, other, passes, session, tables_for, trips

ROWS = [
    passes("75 minutes begin the first further block", session("90839", "90840", minutes=75)),
    passes("104 minutes still are one further block", session("90839", "90840", minutes=104)),
    passes("105 minutes begin the second", session("90839", line("90840", 2, units=2), minutes=105)),
    passes("no time stated is not judged", session("90839", "90840", at=None)),
    passes(
        "lines that state their own minutes are added",
        session(line("90839", minutes=74), line("90840", 2, minutes=20), at=None),
    ),
    passes("the first block alone with 74 minutes", session("90839", minutes=74)),
    passes(
        "the day's minutes in two pieces hold a block",
        session("90839", "90840", minutes=40),
        same_day=(other("90839-76", at=None, minutes=40),),
    ),
    passes(
        "the other piece does not state its time",
        session("90839", "90840", minutes=40),
        same_day=(other("90839", at=None),),
    ),
    passes("a family session beside it may hold the other minutes", session("90839", "90847", minutes=130)),
    passes("outside the office it is the same count", session("G0017", "G0018", minutes=75)),
    passes("therapy is no crisis work", session("90837", minutes=120)),
    trips(
        "74 minutes hold no further block",
        session("90839", "90840", minutes=74),
        {"supported_units": 0, "units": 1, "line": 2},
        cured=session("90839", minutes=74),
    ),
    trips(
        "104 minutes do not hold two",
        session("90839", line("90840", 2, units=2), minutes=104),
        {"supported_units": 1, "units": 2},
    ),
    trips(
        "fewer blocks than the time holds are only mentioned",
        session("90839", "90840", minutes=135),
        {"severity": "info", "supported_units": 3, "risk": "0.00"},
    ),
    trips(
        "a first block alone with 110 minutes is only mentioned",
        session("90839", minutes=110),
        {"severity": "info", "supported_units": 2, "units": 0, "line": 1},
    ),
    trips(
        "the blocks of both pieces against the minutes of both",
        session("90840", minutes=40),
        {"supported_units": 1, "units": 2, "related": ("S-2",)},
        same_day=(other("90839", "90840", at=None, minutes=50),),
    ),
    trips(
        "even with all minutes of the session the blocks are too many",
        session("90839", line("90840", 2, units=2), "90847", minutes=100),
        {"supported_units": 1},
    ),
    trips(
        "74 minutes outside the office",
        session("G0017", "G0018", minutes=74),
        {"code": "G0018", "line": 2},
        cured=session("G0017", "G0018", minutes=75),
    ),
]

test_passes, test_trips = tables_for("CG106", ROWS)
