"""CG107: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("90 minutes are long but usual", session("90837", minutes=90)),
    passes("a long evaluation is usual", session("90791", minutes=120)),
    trips("91 minutes", session("90837", minutes=91), {"severity": "info", "usual_maximum": 90, "risk": "0.00"}),
]

test_passes, test_trips = tables_for("CG107", ROWS)
