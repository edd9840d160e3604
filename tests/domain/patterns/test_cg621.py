"""CG621: innocent rows first, then rows that trip. Of ninety days 98 percent are 88.2."""

from __future__ import annotations

from tests.domain.patterns.builders import passes, period, stretch, tables_for, trips

ROWS = [
    passes("every working day", period(stretch("2025-12-27", 30, step=3))),
    passes("88 of 90 days", period(stretch("2025-12-31", 87), stretch("2026-03-30", 1))),
    passes("every day, since 60 days only", period(stretch("2026-01-31", 60))),
    trips(
        "89 of 90 days, across the turn of the year",
        period(stretch("2025-12-31", 88), stretch("2026-03-30", 1)),
        {"days_with_sessions": 89, "first": "2025-12-31", "last": "2026-03-30"},
    ),
    trips("every day", period(stretch("2025-12-27", 95)), {"days_with_sessions": 90, "last": "2026-03-31"}),
    trips("a window of thirty days", period(stretch("2026-03-02", 30), policy={"days_off_window": 30}), {"days": 30}),
]

test_passes, test_trips = tables_for("CG621", ROWS)
