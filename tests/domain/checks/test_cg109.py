"""CG109: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import line, passes, session, tables_for, tables_with, trips

ROWS = [
    passes("8 minutes make a unit", session("97153", minutes=8, provider_license="RBT", diagnoses=("F840",))),
    passes("23 minutes make two", session(line("97153", units=2), minutes=23, diagnoses=("F840",))),
    passes("no time stated is not judged", session(line("97153", units=8), at=None)),
    passes("therapy is not billed by quarter hours", session("90837", minutes=55)),
    passes("38 minutes hold a further quarter hour", session("96158", "96159", minutes=38)),
    passes("52 minutes still hold one", session("96158", "96159", minutes=52)),
    passes("53 minutes hold two", session("96158", line("96159", 2, units=2), minutes=53)),
    passes(
        "47 minutes stated on both lines", session(line("96158", minutes=30), line("96159", 2, minutes=17), at=None)
    ),
    passes("91 minutes hold a further hour of evaluation", session("96130", "96131", minutes=91)),
    passes("46 minutes hold a further half hour", session("96138", "96139", minutes=46)),
    passes("76 minutes of a developmental test", session("96112", "96113", minutes=76)),
    passes("20 minutes are a unit of safety planning", session("G0560", minutes=20)),
    passes(
        "the middle is enough where a payer says so",
        session("G0560", minutes=11),
        tables=tables_with(safety_planning_by_midpoint=True),
    ),
    passes("22 minutes of counselling are a quarter hour", session("H0004", minutes=22)),
    passes("an hour of a state programme has no count here", session("H2012", minutes=10)),
    passes(
        "with another service in the session fewer units say nothing",
        session("96158", "90791", minutes=90),
    ),
    trips("7 minutes make none", session("97153", minutes=7), {"supported_units": 0, "units": 1}),
    trips("22 minutes do not make two", session(line("97155", units=2), minutes=22), {"supported_units": 1}),
    trips(
        "37 minutes hold no further quarter hour",
        session("96158", "96159", minutes=37),
        {"supported_units": 0, "line": 2},
        cured=session("96158", "96159", minutes=38),
    ),
    trips(
        "52 minutes do not hold two", session("96164", line("96165", 2, units=2), minutes=52), {"supported_units": 1}
    ),
    trips("family work counts the same", session("96167", "96168", minutes=37), {"code": "96168"}),
    trips("and without the client", session("96170", "96171", minutes=37), {"code": "96171"}),
    trips(
        "90 minutes stated for the tests do not hold a further hour",
        session(line("96130", minutes=60), line("96131", 2, minutes=30), at=None),
        {"supported_units": 0, "severity": "error"},
    ),
    trips("by the clock alone it is looked at", session("96132", "96133", minutes=90), {"severity": "warning"}),
    trips("45 minutes of giving tests", session(line("96136", minutes=30), line("96137", 2, minutes=15), at=None)),
    trips("75 minutes of a developmental test", session("96112", "96113", minutes=75), {"severity": "warning"}),
    trips("19 minutes may be enough by the middle", session("G0560", minutes=19), {"severity": "warning"}),
    trips("ten minutes are not", session("G0560", minutes=10), {"severity": "error", "supported_units": 0}),
    trips(
        "ten minutes are not where the middle is enough",
        session("G0560", minutes=10),
        {"severity": "error"},
        tables=tables_with(safety_planning_by_midpoint=True),
    ),
    trips(
        "39 minutes do not hold two full units",
        session(line("G0560", units=2), minutes=39),
        {"supported_units": 1, "severity": "warning"},
    ),
    trips(
        "states differ, so quarter hours of theirs are looked at",
        session(line("H0004", units=2), minutes=22),
        {"severity": "warning", "supported_units": 1},
    ),
    trips(
        "fewer units than the time holds are only mentioned",
        session(line("97155", units=2), minutes=60),
        {"severity": "info", "supported_units": 4, "risk": "0.00"},
    ),
    trips(
        "a further quarter hour that was left out",
        session("96158", minutes=45),
        {"severity": "info", "code": "96159", "units": 0, "line": 1},
    ),
    trips("units of two lines count together", session("97153", "97153", minutes=22), {"units": 2, "line": 1}),
]

test_passes, test_trips = tables_for("CG109", ROWS)
