"""CG507: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("a known code", session()),
    passes("a code that ended is known", session("90806")),
    trips("a code of another specialty", session("99395"), {"severity": "info", "risk": "0.00"}),
    trips("the second line is unknown", session("90837", "87070"), {"line": 2}),
]

test_passes, test_trips = tables_for("CG507", ROWS)
