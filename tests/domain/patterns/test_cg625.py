"""CG625: innocent rows first, then rows that trip."""

from __future__ import annotations

import datetime as dt

from tests.domain.patterns.builders import day, passes, period, tables_for, trips

OFF = frozenset({dt.date(2026, 3, 16), dt.date(2027, 1, 1)})

ROWS = [
    passes("at six in the morning and nine in the evening", period(day("2026-03-02", hours={6: 1, 21: 1}))),
    passes("on a weekend alone", period(day("2026-03-07"), day("2026-03-08"))),
    passes("a holiday of another month", period(day("2026-03-02"), holidays=OFF - {dt.date(2026, 3, 16)})),
    trips("at five", period(day("2026-03-02", hours={5: 2})), {"night": 2, "holiday": 0}),
    trips("at ten in the evening, on a Sunday", period(day("2026-03-08", hours={22: 1})), {"night": 1, "weekend": 1}),
    trips(
        "on a holiday", period(day("2026-03-16", visits=4), holidays=OFF), {"holiday": 4, "holidays": ["2026-03-16"]}
    ),
    trips(
        "on New Year's Day",
        period(day("2027-01-01"), month=dt.date(2027, 1, 1), holidays=OFF),
        {"holiday": 1, "last": "2027-01-31"},
    ),
    trips(
        "a network whose night begins at eight",
        period(day("2026-03-02", hours={20: 1}), policy={"night_from": 20}),
        {"night": 1},
    ),
]

test_passes, test_trips = tables_for("CG625", ROWS)
