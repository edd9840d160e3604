"""CG102: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import line, passes, session, tables_for, trips

ROWS = [
    passes("37 minutes are the end of the 30 tier", session("90832", minutes=37)),
    passes("52 minutes are the end of the 45 tier", session("90834", minutes=52)),
    passes("there is no longer code than the 60 tier", session("90837", minutes=240)),
    passes("a session shared with a visit says nothing about the therapy part", session("99214", "90833", minutes=60)),
    trips(
        "38 minutes belong to the 45 tier",
        session("90832", minutes=38),
        {"severity": "info", "maximum": 37, "fitting_code": "90834", "risk": "0.00"},
    ),
    trips("53 minutes belong to the 60 tier", session("90834", minutes=53), {"fitting_code": "90837"}),
    trips("an hour billed as the shortest tier", session("90832", minutes=60), {"fitting_code": "90837"}),
    trips(
        "therapy beside a visit with its own minutes",
        session("99214", line("90833", 2, minutes=38), minutes=60),
        {"fitting_code": "90836", "line": 2},
    ),
]

test_passes, test_trips = tables_for("CG102", ROWS)
