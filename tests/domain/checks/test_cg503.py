"""CG503: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt

from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("a code of today", session()),
    passes(
        "a phone visit on its last day", session("99442", date_of_service=dt.date(2024, 12, 31), provider_license="MD")
    ),
    passes(
        "a video visit on its first day", session("98004", date_of_service=dt.date(2025, 1, 1), provider_license="MD")
    ),
    passes("a code we do not know is another check's", session("12345")),
    trips(
        "a phone visit on the day after",
        session("99442", date_of_service=dt.date(2025, 1, 1)),
        {"last_day": "2024-12-31"},
    ),
    trips(
        "a video visit on the day before",
        session("98004", date_of_service=dt.date(2024, 12, 31)),
        {"first_day": "2025-01-01"},
    ),
    trips("prolonged time as before 2023", session("90837", "99354"), {"line": 2}),
    trips("a code of another era", session("90806")),
]

test_passes, test_trips = tables_for("CG503", ROWS)
