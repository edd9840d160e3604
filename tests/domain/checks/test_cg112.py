"""CG112: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import began, line, other, passes, session, tables_for, tables_with, trips

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
        "one appointment stated on two rows",
        session(line("90833", at="10:00-10:40")),
        same_day=(other(line("99214", at="10:00-10:40")),),
    ),
    trips(
        "the visit and therapy share ten minutes",
        session(line("99214", at="10:00-10:30"), line("90833", 2, at="10:20-10:40"), at="10:00-10:40"),
        {"overlap_minutes": 10, "line": 2, "says": "10 minutes are claimed by both"},
        cured=session(line("99214", at="10:00-10:20"), line("90833", 2, at="10:20-10:40"), at="10:00-10:40"),
    ),
    passes(
        "another session that follows",
        session("90791", at="10:00-11:00"),
        same_day=(other("96136", at="11:00-12:00"),),
    ),
    passes(
        "a pair the federal table rules on, in two sessions",
        session("90837", at="10:00-10:55"),
        same_day=(other("90847", at="10:30-11:20"),),
    ),
    passes(
        "the same code in two sessions is another check's",
        session("90837", at="10:00-10:55"),
        same_day=(other("90837", at="10:30-11:25"),),
    ),
    passes(
        "another client",
        session("90791", at="10:00-11:00"),
        same_day=(other("96136", at="10:30-11:30", client_key="C-78"),),
    ),
    passes("the other states no times", session("90791"), same_day=(other("96136", at=None),)),
    passes(
        "behaviour analysis by two people, in two sessions",
        session("97153", at="10:00-11:00"),
        same_day=(other("97155", at="10:30-11:30"),),
    ),
    passes(
        "a pair that this payer pays together, one after the other",
        session(line("90837", at="10:00-10:55"), line("90847", 2, at="10:55-11:45"), at="10:00-11:45"),
        tables=tables_with(pairs_allowed=frozenset({"90837+90847"})),
    ),
    trips(
        "a pair that this payer pays together still takes minutes of its own",
        session(line("90837", at="10:00-10:55"), line("90847", 2, at="10:30-11:20"), at="10:00-11:20"),
        {"overlap_minutes": 25},
        tables=tables_with(pairs_allowed=frozenset({"90837+90847"})),
    ),
    trips(
        "two sessions without a ruled pair share half an hour",
        session("90791", at="10:00-11:00"),
        {"overlap_minutes": 30, "related": ("S-2",), "severity": "error"},
        same_day=(other("96136", at="10:30-11:30"),),
        cured=session("90791", at="09:30-10:30"),
    ),
    trips(
        "less than the policy's five minutes are looked at",
        session("90791", at="10:00-11:00"),
        {"overlap_minutes": 4, "severity": "warning"},
        same_day=(other("96136", at="10:56-11:30"),),
    ),
    trips(
        "the other states its start and its minutes",
        session("90791", at="10:30-11:30"),
        {"overlap_minutes": 15},
        same_day=(began("96136", minutes=45),),
    ),
    trips(
        "half a minute",
        session(line("99214", at="10:00-10:20:30"), line("90833", 2, at="10:20-10:40"), at="10:00-10:40"),
        {"overlap_minutes": 0, "says": "Less than a minute"},
    ),
]

test_passes, test_trips = tables_for("CG112", ROWS)
