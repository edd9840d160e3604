"""CG103: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import line, passes, session, tables_for, trips

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
]

test_passes, test_trips = tables_for("CG103", ROWS)
