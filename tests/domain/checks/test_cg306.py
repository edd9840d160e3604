"""CG306: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt

from tests.domain.checks import builders as b
from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("the release covers the day", session()),
    passes("a known code after the release ended", session(date_of_service=dt.date(2026, 10, 1))),
    passes("a known code before it began", session(date_of_service=dt.date(2025, 9, 30))),
    passes("nothing to check", session(diagnoses=()), tables=b.CodeTables()),
    trips(
        "an unknown code after the release ended",
        session(diagnoses=("F331", "F3399"), date_of_service=dt.date(2026, 10, 1)),
        {"severity": "warning", "diagnoses": ["F3399"], "release": "FY2026", "says": "is not loaded"},
    ),
    trips(
        "no release at all is said once",
        session(diagnoses=("F331", "F411")),
        {"severity": "info", "count": 1, "risk": "0.00", "release": None},
        tables=b.CodeTables(),
    ),
    trips(
        "a code that the neighbouring release knows",
        session(diagnoses=("F3399",), date_of_service=dt.date(2026, 10, 1)),
        {"severity": "warning"},
        cured=session(diagnoses=("F331",), date_of_service=dt.date(2026, 10, 1)),
    ),
]

test_passes, test_trips = tables_for("CG306", ROWS)
