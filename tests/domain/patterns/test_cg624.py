"""CG624: innocent rows first, then rows that trip."""

from __future__ import annotations

from tests.domain.patterns.builders import day, passes, period, tables_for, trips

ROWS = [
    passes("nineteen sessions are too few", period(day("2026-03-02", long_minutes={53: 19}))),
    passes("nine of ten", period(day("2026-03-02", long_minutes={53: 18, 58: 2}))),
    passes("always 55 minutes", period(day("2026-03-02", long_minutes={55: 40}))),
    passes("two minutes shared", period(day("2026-03-02", long_minutes={53: 20, 60: 20}))),
    passes("in the month before", period(day("2026-02-28", long_minutes={53: 20}), day("2026-03-01"))),
    trips(
        "nineteen of twenty at 53", period(day("2026-03-02", long_minutes={53: 19, 58: 1})), {"minute": 53, "count": 19}
    ),
    trips(
        "all at 60, over two days",
        period(day("2026-03-02", long_minutes={60: 10}), day("2026-03-31", long_minutes={60: 10})),
        {"minute": 60, "sessions": 20},
    ),
]

test_passes, test_trips = tables_for("CG624", ROWS)
