"""CG106: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import line, passes, session, tables_for, trips

ROWS = [
    passes("75 minutes begin the first further block", session("90839", "90840", minutes=75)),
    passes("104 minutes still are one further block", session("90839", "90840", minutes=104)),
    passes("105 minutes begin the second", session("90839", line("90840", 2, units=2), minutes=105)),
    passes("no time stated is not judged", session("90839", "90840", at=None)),
    passes(
        "lines that state their own minutes are added",
        session(line("90839", minutes=74), line("90840", 2, minutes=20), at=None),
    ),
    trips(
        "74 minutes hold no further block",
        session("90839", "90840", minutes=74),
        {"supported_units": 0, "units": 1, "line": 2},
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
]

test_passes, test_trips = tables_for("CG106", ROWS)
