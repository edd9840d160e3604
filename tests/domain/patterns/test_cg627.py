"""CG627: innocent rows first, then rows that trip. 2026-03-02 and 2026-03-30 are Mondays."""

from __future__ import annotations

import datetime as dt

from clawguard.domain.patterns import Plan
from tests.domain.patterns.builders import day, passes, period, tables_for, trips

TWICE = {"clients": {"c": 2}}
ONCE = {"clients": {"c": 1}}
WEEKLY = {"plans": {"c": (Plan(1, "week", None, None),)}}
MONTHLY = {"plans": {"c": (Plan(2, "month", None, None),)}}
UNTIL = {"plans": {"c": (Plan(1, "week", None, dt.date(2026, 3, 1)),)}}
REPLACED = {"plans": {"c": (Plan(1, "week", None, None), Plan(2, "week", dt.date(2026, 3, 2), None))}}

ROWS = [
    passes("no plan stated", period(day("2026-03-02", **TWICE))),
    passes("once a week", period(day("2026-03-02", **ONCE), day("2026-03-09", **ONCE), **WEEKLY)),
    passes("on the Sunday and the Monday", period(day("2026-03-08", **ONCE), day("2026-03-09", **ONCE), **WEEKLY)),
    passes("in a week that began in February", period(day("2026-03-01", **TWICE), **WEEKLY)),
    passes("after the plan ended", period(day("2026-03-04", **TWICE), **UNTIL)),
    passes("a later statement allows two", period(day("2026-03-04", **TWICE), **REPLACED)),
    passes("two in the month", period(day("2026-03-31", **TWICE), **MONTHLY)),
    trips(
        "twice in a week",
        period(day("2026-03-02", **TWICE), **WEEKLY),
        {"weeks": [["2026-03-02", 2, 1]], "client": "c"},
    ),
    trips(
        "a week that ends in April",
        period(day("2026-03-31", **ONCE), day("2026-04-05", **ONCE), **WEEKLY),
        {"weeks": [["2026-03-30", 2, 1]]},
    ),
    trips(
        "three in the month", period(day("2026-03-01", **ONCE), day("2026-03-31", **TWICE), **MONTHLY), {"sessions": 3}
    ),
]

test_passes, test_trips = tables_for("CG627", ROWS)
