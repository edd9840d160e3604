"""CG628: innocent rows first, then rows that trip."""

from __future__ import annotations

from tests.domain.patterns.builders import day, passes, period, tables_for, trips

ROWS = [
    passes("twelve hours", period(day("2026-03-02", minutes=720))),
    passes(
        "thirteen hours on the last day of the month before", period(day("2026-02-28", minutes=780), day("2026-03-02"))
    ),
    passes(
        "thirteen hours on the first day of the month after", period(day("2026-03-31"), day("2026-04-01", minutes=780))
    ),
    passes(
        "a network that looks at fourteen", period(day("2026-03-02", minutes=840), policy={"long_day_minutes": 840})
    ),
    trips(
        "twelve hours and a minute",
        period(day("2026-03-01", minutes=721)),
        {"severity": "warning", "most": 721, "usual_maximum": 720, "first": "2026-03-01", "says": "12 h 1 min"},
    ),
    trips("sixteen hours", period(day("2026-03-02", minutes=960)), {"severity": "warning", "says": "16 hours"}),
    trips("sixteen hours and a minute", period(day("2026-03-02", minutes=961)), {"severity": "error"}),
    trips(
        "two days, told once",
        period(day("2026-03-02", minutes=800), day("2026-03-05"), day("2026-03-31", minutes=730)),
        {"most": 800, "days": [["2026-03-02", 800], ["2026-03-31", 730]], "last": "2026-03-31"},
    ),
]

test_passes, test_trips = tables_for("CG628", ROWS)
