"""CG112: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import line, other, passes, session, tables_for, trips

ROWS = [
    passes("one service", session()),
    passes("services without times", session("99214", "90833")),
    passes(
        "therapy follows the visit",
        session(line("99214", at="10:00-10:20"), line("90833", 2, at="10:20-10:40"), at="10:00-10:40"),
    ),
    passes(
        "behaviour analysis by two people",
        session(line("97153", at="10:00-11:00"), line("97155", 2, at="10:00-11:00"), at="10:00-11:00"),
    ),
    passes(
        "a ruled pair is another check's",
        session(line("90837", at="10:00-10:55"), line("90847", 2, at="10:30-11:00"), at="10:00-11:00"),
    ),
    passes(
        "an add-on shares its main code's time",
        session(line("90839", at="10:00-11:40"), line("90840", 2, at="10:00-11:40"), at="10:00-11:40"),
    ),
    passes(
        "another session of the day",
        session(line("90833", at="10:00-10:40")),
        same_day=(other(line("99214", at="10:00-10:40")),),
    ),
    trips(
        "the visit and therapy share ten minutes",
        session(line("99214", at="10:00-10:30"), line("90833", 2, at="10:20-10:40"), at="10:00-10:40"),
        {"overlap_minutes": 10, "line": 2, "says": "10 minutes are claimed by both"},
        cured=session(line("99214", at="10:00-10:20"), line("90833", 2, at="10:20-10:40"), at="10:00-10:40"),
    ),
    trips(
        "half a minute",
        session(line("99214", at="10:00-10:20:30"), line("90833", 2, at="10:20-10:40"), at="10:00-10:40"),
        {"overlap_minutes": 0, "says": "Less than a minute"},
    ),
]

test_passes, test_trips = tables_for("CG112", ROWS)
