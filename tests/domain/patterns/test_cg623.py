"""CG623: innocent rows first, then rows that trip."""

from __future__ import annotations

from tests.domain.patterns.builders import day, passes, period, tables_for, trips

ROWS = [
    passes("six in a row", period(day("2026-03-02", unbroken=6))),
    passes("seven in the month before", period(day("2026-02-28", unbroken=7), day("2026-03-02"))),
    passes("nineteen sessions on the quarter", period(day("2026-03-02", timed=19, at_slots=19))),
    passes("one of many is not", period(day("2026-03-02", timed=30, at_slots=30), day("2026-03-03", timed=1))),
    passes("their times are not known", period(day("2026-03-02", visits=30))),
    passes(
        "the month before", period(day("2026-02-28", timed=30, at_slots=30), day("2026-03-02", timed=1, at_slots=1))
    ),
    trips(
        "twenty sessions, all on the quarter",
        period(day("2026-03-02", timed=10, at_slots=10), day("2026-03-03", timed=10, at_slots=10)),
        {"what": "quarters", "sessions": 20, "severity": "info"},
    ),
    trips("seven in a row", period(day("2026-03-02", unbroken=7)), {"most": 7, "severity": "info"}),
]

test_passes, test_trips = tables_for("CG623", ROWS)
