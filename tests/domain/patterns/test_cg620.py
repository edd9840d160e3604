"""CG620: innocent rows first, then rows that trip."""

from __future__ import annotations

from tests.domain.patterns.builders import day, passes, period, tables_for, trips

ROWS = [
    passes("sixteen on one day", period(day("2026-03-02", visits=16))),
    passes("seventeen on the last day of the month before", period(day("2026-02-28", visits=17), day("2026-03-02"))),
    passes("seventeen on the first day of the month after", period(day("2026-03-31"), day("2026-04-01", visits=17))),
    passes("a network that looks at twenty", period(day("2026-03-02", visits=20), policy={"usual_sessions_a_day": 20})),
    trips("seventeen on the first day", period(day("2026-03-01", visits=17)), {"most": 17, "first": "2026-03-01"}),
    trips(
        "two days, the last day of the month among them",
        period(day("2026-03-02", visits=17), day("2026-03-31", visits=33)),
        {"most": 33, "days": [["2026-03-02", 17], ["2026-03-31", 33]], "last": "2026-03-31"},
    ),
]

test_passes, test_trips = tables_for("CG620", ROWS)
