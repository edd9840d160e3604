"""CG103: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import line, passes, session, tables_for, tables_with, trips

ROWS = [
    passes("start and stop are stated", session("90837")),
    passes("a total is stated", session("90837", minutes=55)),
    passes("a group is not chosen by time", session("90853", at=None)),
    passes("an evaluation is not chosen by time", session("90791", at=None)),
    passes(
        "therapy beside a visit states its own minutes",
        session("99214", line("90836", 2, minutes=40), minutes=60),
    ),
    passes("interactive complexity takes no time from the clock", session("90834", "90785", minutes=45)),
    passes("too short in any case is said by another check", session("99214", "90836", minutes=30)),
    passes("a visit by decision making needs no time", session(line("99214", em_basis="mdm"), at=None)),
    passes("a further block is asked for at the first", session("90840", at=None)),
    passes("a day of a state programme is not chosen by time", session("H0015", at=None)),
    passes("clock times are needed and stated", session("90837"), tables=tables_with(clock_times_needed=True)),
    passes(
        "a visit by total time needs no clock",
        session(line("99214", em_basis="time", minutes=35), at=None),
        tables=tables_with(clock_times_needed=True),
    ),
    trips("neither times nor a total", session("90837", at=None), {"severity": "warning", "minutes": None}),
    trips("family work without time", session("90847", at=None)),
    trips(
        "only the whole of visit and therapy is stated",
        session("99214", "90836", minutes=60),
        {"line": 2, "session_minutes": 60, "says": "not the minutes of therapy"},
    ),
    trips(
        "as long as the therapy minimum says nothing about the visit",
        session("99214", "90836", minutes=38),
        {"session_minutes": 38},
    ),
    trips("quarter hours without time", session("97153", at=None)),
    trips("a phone call without time", session("98967", at=None)),
    trips("health-behaviour work without time", session("96158", at=None)),
    trips("work on tests without time", session("96130", at=None)),
    trips("safety planning without time", session("G0560", at=None)),
    trips("quarter hours of a state service without time", session("H0004", at=None)),
    trips("a visit chosen by time without time", session(line("99214", em_basis="time"), at=None)),
    trips(
        "a total where clock times are needed",
        session("90837", minutes=55),
        {"severity": "warning", "clock_times_needed": True, "says": "needs start and stop"},
        cured=session("90837"),
        tables=tables_with(clock_times_needed=True),
    ),
    trips(
        "one of two times is not enough",
        session("90837", minutes=55, start=session().start),
        {"minutes": 55},
        tables=tables_with(clock_times_needed=True),
    ),
]

test_passes, test_trips = tables_for("CG103", ROWS)
