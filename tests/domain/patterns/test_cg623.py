"""CG623: innocent rows first, then rows that trip."""

from __future__ import annotations

from tests.domain.patterns.builders import day, passes, period, tables_for, trips

ROWS = [
    passes("six in a row", period(day("2026-03-02", unbroken=6))),
    passes("seven in the month before", period(day("2026-02-28", unbroken=7), day("2026-03-02"))),
    trips("seven in a row", period(day("2026-03-02", unbroken=7)), {"most": 7, "severity": "info"}),
]

test_passes, test_trips = tables_for("CG623", ROWS)
