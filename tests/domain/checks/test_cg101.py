"""CG101: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks import builders as b
from tests.domain.checks.builders import line, other, passes, session, tables_for, trips

ROWS = [
    passes("53 minutes are enough for the 60 tier", session("90837", minutes=53)),
    passes("38 minutes are enough for the 45 tier", session("90834", minutes=38)),
    passes("16 minutes are enough for the 30 tier", session("90832", minutes=16)),
    passes("26 minutes are enough for family work", session("90847", minutes=26)),
    passes("30 minutes are enough for the first crisis block", session("90839", minutes=30)),
    passes("a group has no minimum", session("90853", minutes=5)),
    passes("an evaluation has no minimum of its own", session("90791", minutes=20)),
    passes("a visit chosen by decision making has no minimum", session(line("99214", em_basis="mdm"), minutes=10)),
    passes("no time stated is not a short time", session("90837", at=None)),
    passes(
        "38 minutes of therapy beside a long visit are enough",
        session("99214", line("90836", 2, minutes=38), minutes=70),
    ),
    passes("crisis minutes of both lines count together", session("90839", "90840", minutes=80)),
    passes(
        "the clock changes during the night and 53 real minutes remain",
        session(at="01:30-03:23", date_of_service=b.dt.date(2026, 3, 8)),
    ),
    passes("crisis minutes stated on the line are enough", session(line("90839", minutes=30), at=None)),
    passes("an hour of testing may be finished after 31 minutes", session(line("96130", minutes=31), at=None)),
    passes("half an hour of health-behaviour work is reached at 16", session("96158", minutes=16)),
    passes(
        "two crisis contacts of one day count together",
        session("90839", minutes=15),
        same_day=(other("90839-76", at=None, minutes=15),),
    ),
    passes("an audio visit with eleven minutes of talk", session(line("98012", em_basis="mdm"), minutes=11)),
    passes("a video visit by decision making may be short", session(line("98004", em_basis="mdm"), minutes=6)),
    passes(
        "before 2021 a visit's level was not chosen by total time",
        session(line("99214", em_basis="time"), minutes=25, date_of_service=b.dt.date(2020, 12, 31)),
    ),
    passes("30 minutes meet the level", session(line("99214", em_basis="time", minutes=30))),
    passes("safety planning is counted in units", session("G0560", minutes=10)),
    passes("five minutes are a phone call", session("98966", minutes=5)),
    trips(
        "52 minutes are one too few for the 60 tier",
        session("90837", minutes=52),
        {"code": "90837", "minutes": 52, "minimum": 53, "line": 1, "risk": "142.50", "says": "52 are documented"},
        cured=session("90834", minutes=52),
    ),
    trips("37 minutes are one too few for the 45 tier", session("90834", minutes=37), {"minimum": 38}),
    trips("15 minutes are one too few for the 30 tier", session("90832", minutes=15), {"minimum": 16}),
    trips("25 minutes are one too few for family work", session("90846", minutes=25), {"minimum": 26}),
    trips("29 minutes are one too few for crisis work", session("90839", minutes=29), {"minimum": 30}),
    trips("seconds do not count: 52 min 59 s are 52 minutes", session(at="10:00-10:52:59"), {"minutes": 52}),
    trips(
        "a visit chosen by time needs its minutes",
        session(line("99214", em_basis="time"), minutes=29, provider_license="MD"),
        {"minimum": 30, "severity": "warning", "says": "of work that day"},
    ),
    trips(
        "therapy beside a visit cannot be longer than both together",
        session("99214", line("90838", 2), minutes=50),
        {"minutes": 50, "line": 2},
    ),
    trips("a line's own time counts before the session's", session(line("90837", minutes=40)), {"minutes": 40}),
    trips(
        "the clock jumps forward and an hour on the wall was none",
        session(at="01:30-03:20", date_of_service=b.dt.date(2026, 3, 8)),
        {"minutes": 50},
    ),
    trips(
        "38 minutes fit the 45 tier",
        session("90837", minutes=38),
        {"step": "Ask for start and stop times, or correct the code to 90834."},
    ),
    trips(
        "37 minutes fit the 30 tier",
        session("90837", minutes=37),
        {"step": "Ask for start and stop times, or correct the code to 90832."},
    ),
    trips(
        "16 minutes fit the 30 tier",
        session("90834", minutes=16),
        {"step": "Ask for start and stop times, or correct the code to 90832."},
    ),
    trips(
        "therapy beside a visit keeps to its own kind",
        session("99214", line("90838", 2, minutes=40), minutes=70),
        {"step": "Ask for start and stop times, or correct the code to 90836."},
    ),
    trips(
        "15 minutes fit no code",
        session("90834", minutes=15),
        {"step": "Ask for start and stop times; no shorter code of this kind fits the time."},
    ),
    trips("crisis minutes stated on the line alone", session(line("90839", minutes=29), at=None), {"minutes": 29}),
    trips(
        "29 minutes of the visit's own do not meet the level",
        session(line("99214", em_basis="time", minutes=29)),
        {"minimum": 30, "severity": "error", "step": "Ask for start and stop times, or correct the code to 99213."},
        cured=session(line("99214", em_basis="time", minutes=30)),
    ),
    trips(
        "the same in 2021, on the first day of the rule",
        session(line("99214", em_basis="time", minutes=29), date_of_service=b.dt.date(2021, 1, 1)),
        {"minimum": 30},
    ),
    trips(
        "an audio visit needs more than ten minutes, and no other level of it asks for less",
        session("98012", minutes=10),
        {
            "minimum": 11,
            "step": "Ask for start and stop times; an audio visit of any level needs more than ten minutes.",
        },
    ),
    trips(
        "a longer audio visit chosen by time can be a shorter one",
        session(line("98013", em_basis="time"), minutes=11),
        {"severity": "warning", "minimum": 20, "step": "Ask for start and stop times, or correct the code to 98012."},
    ),
    trips(
        "two crisis contacts of one day that stay below together",
        session("90839", minutes=15),
        {"minutes": 29},
        same_day=(other("90839-76", at=None, minutes=14),),
    ),
    trips(
        "another provider's crisis minutes do not help",
        session("90839", minutes=15),
        {"minutes": 15},
        same_day=(other("90839", at=None, minutes=15, provider_npi="1999999992"),),
    ),
    trips("30 minutes of test evaluation", session(line("96130", minutes=30), at=None), {"minimum": 31}),
    trips("work on tests away from the clock may explain it", session("96130", minutes=30), {"severity": "warning"}),
    trips("15 minutes of giving tests", session(line("96136", minutes=15), at=None), {"minimum": 16}),
    trips("15 minutes of health-behaviour work", session("96164", minutes=15), {"minimum": 16}),
    trips("29 minutes of crisis work outside the office", session("G0017", minutes=29), {"minimum": 30}),
    trips("four minutes of a phone call", session("98966", minutes=4), {"minimum": 5}),
    trips("a minute is singular", session("98966", minutes=1), {"says": "1 is documented"}),
]

test_passes, test_trips = tables_for("CG101", ROWS)
