"""CG626: innocent rows first, then rows that trip. 2026-03-02 is a Monday."""

from __future__ import annotations

from clawguard.domain.patterns import DayFacts
from tests.domain.patterns.builders import passes, period, stretch, tables_for, trips

ONCE = {"clients": {"c": 1}}
THRICE = {"clients": {"c": 3}}


def weeks(first: str, count: int) -> list[DayFacts]:
    """Three sessions each Wednesday."""
    return stretch(first, count, step=7, **THRICE)


ROWS = [
    passes(
        "thirty in eight months",
        period(
            stretch("2025-08-01", 8, step=30, **ONCE),
            stretch("2026-03-02", 22, clients={"c": 1}),
            policy={"sessions_a_week": 7},
        ),
    ),
    passes(
        "two a week for a year",
        period(
            stretch("2025-12-03", 17, step=7, clients={"c": 1}), stretch("2025-12-05", 12, step=7, clients={"c": 1})
        ),
    ),
    passes("three a week for eight weeks", period(weeks("2026-02-04", 8))),
    passes("nine weeks that ended in February", period(weeks("2025-12-24", 9), stretch("2026-03-02", 1, **ONCE))),
    passes("nine weeks with one between", period(weeks("2026-01-21", 4), weeks("2026-02-25", 5))),
    passes(
        "another client's sessions",
        period(
            stretch("2026-03-02", 20, clients={"a": 1}),
            stretch("2025-09-01", 20, clients={"b": 1}),
            policy={"sessions_a_week": 7},
        ),
    ),
    trips(
        "thirty-one in eight months",
        period(
            stretch("2025-08-01", 9, step=20, **ONCE), stretch("2026-03-02", 22, **ONCE), policy={"sessions_a_week": 7}
        ),
        {"sessions": 31, "first": "2025-08-01", "last": "2026-03-31", "client": "c"},
    ),
    trips(
        "three a week for nine weeks, across the turn of the year",
        period(weeks("2026-01-07", 9)),
        {"what": "weeks in a row", "weeks": 9, "first": "2026-01-05", "last": "2026-03-08"},
    ),
]

test_passes, test_trips = tables_for("CG626", ROWS)
