"""CG522: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from clawguard.domain.facts import Documented
from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("nothing is stated", session("90839")),
    passes("a crisis is documented", session("90839", documented=Documented(crisis=True))),
    passes("therapy without a crisis", session("90837", documented=Documented(crisis=False))),
    trips(
        "crisis work without one",
        session("90839", documented=Documented(crisis=False)),
        {"severity": "warning", "line": 1},
        cured=session("90839", documented=Documented(crisis=True)),
    ),
    trips(
        "its further blocks, too",
        session("90839", "90840", at="10:00-11:20", documented=Documented(crisis=False)),
        {"count": 2},
    ),
    trips("outside the office", session("G0017", place_of_service="12", documented=Documented(crisis=False))),
]

test_passes, test_trips = tables_for("CG522", ROWS)
