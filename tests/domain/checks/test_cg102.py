"""CG102: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt

from tests.domain.checks.builders import line, passes, session, tables_for, trips

ROWS = [
    passes("37 minutes are the end of the 30 tier", session("90832", minutes=37)),
    passes("52 minutes are the end of the 45 tier", session("90834", minutes=52)),
    passes("there is no longer code than the 60 tier", session("90837", minutes=240)),
    passes("a session shared with a visit says nothing about the therapy part", session("99214", "90833", minutes=60)),
    passes("ten minutes are the end of the first phone code", session("98966", minutes=10)),
    passes("there is no longer phone code", session("98968", minutes=45)),
    passes("a visit by decision making says nothing by time", session(line("99213", em_basis="mdm"), minutes=50)),
    passes("29 minutes belong to the level", session(line("99213", em_basis="time"), minutes=29)),
    passes("there is no higher level", session(line("99215", em_basis="time"), minutes=54)),
    passes(
        "before 2021 levels were not chosen by total time",
        session(line("99213", em_basis="time"), minutes=30, date_of_service=dt.date(2020, 12, 31)),
    ),
    trips(
        "38 minutes belong to the 45 tier",
        session("90832", minutes=38),
        {"severity": "info", "maximum": 37, "fitting_code": "90834", "risk": "0.00"},
        cured=session("90834", minutes=38),
    ),
    trips("53 minutes belong to the 60 tier", session("90834", minutes=53), {"fitting_code": "90837"}),
    trips("an hour billed as the shortest tier", session("90832", minutes=60), {"fitting_code": "90837"}),
    trips(
        "therapy beside a visit with its own minutes",
        session("99214", line("90833", 2, minutes=38), minutes=60),
        {"fitting_code": "90836", "line": 2},
    ),
    trips("eleven minutes on the phone", session("98966", minutes=11), {"fitting_code": "98967"}),
    trips("21 minutes on the phone", session("98966", minutes=21), {"fitting_code": "98968", "maximum": 10}),
    trips("31 minutes of a talk on substance use", session("G0396", minutes=31), {"fitting_code": "G0397"}),
    trips(
        "until 2023 a level had a range",
        session(line("99213", em_basis="time"), minutes=30, date_of_service=dt.date(2023, 12, 31)),
        {"says": "covers up to 29 minutes", "fitting_code": "99214"},
    ),
    trips(
        "since 2024 a time is met or exceeded",
        session(line("99213", em_basis="time"), minutes=30, date_of_service=dt.date(2024, 1, 1)),
        {"says": "99213 is met", "fitting_code": "99214"},
    ),
    trips("a video visit by time", session(line("98004", em_basis="time"), minutes=40), {"fitting_code": "98007"}),
]

test_passes, test_trips = tables_for("CG102", ROWS)
