"""CG111: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import line, passes, session, tables_for, trips

ROWS = [
    passes("a line without times", session()),
    passes("a line from the first to the last minute", session(line("90837", at="10:00-10:55"))),
    passes("the session states no times", session(line("90837", at="10:00-10:55"), at=None)),
    passes(
        "minutes that add up to the session's",
        session(line("90834", minutes=38), line("90847", 2, minutes=50), minutes=88),
    ),
    passes(
        "a visit by total time may be longer than the session",
        session(line("99214", minutes=40, em_basis="time"), line("90833", 2, minutes=30), minutes=50),
    ),
    passes(
        "behaviour analysis by two people",
        session(line("97153", minutes=60), line("97155", 2, minutes=60), minutes=60),
    ),
    passes(
        "a line of a code we do not know", session(line("90834", minutes=38), line("0591T", 2, minutes=50), minutes=60)
    ),
    trips(
        "a line that begins before",
        session(line("90837", at="09:59-10:55")),
        {"line": 1},
        cured=session(line("90837", at="10:00-10:55")),
    ),
    trips("a line that ends after", session(line("90837", at="10:00-10:56"))),
    trips(
        "a minute more than the session holds",
        session(line("90834", minutes=38), line("90847", 2, minutes=50), minutes=87),
        {"minutes": 88, "session_minutes": 87, "line": None},
    ),
    trips(
        "more than the clock holds",
        session(line("90834", minutes=40), line("90847", 2, minutes=50), at="10:00-11:20"),
        {"session_minutes": 80},
    ),
]

test_passes, test_trips = tables_for("CG111", ROWS)
