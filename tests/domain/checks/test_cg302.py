"""CG302: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt

from tests.domain.checks import builders as b
from tests.domain.checks.builders import passes, session, tables_for, trips

BOTH = b.CodeTables(icd=(b.FY2025, b.FY2026))
ROWS = [
    passes("valid in its year", session(), tables=BOTH),
    passes(
        "ended later, valid on the day",
        session(diagnoses=("F4301",), date_of_service=dt.date(2025, 9, 30)),
        tables=BOTH,
    ),
    passes("unknown to all releases is another check's", session(diagnoses=("F3399",)), tables=BOTH),
    trips(
        "ended with the release before",
        session(diagnoses=("F4301",), date_of_service=dt.date(2025, 10, 1)),
        {"diagnosis": "F4301", "known_in": ["FY2025"], "says": "ended with FY2025"},
        tables=BOTH,
    ),
    trips(
        "begins with the release after",
        session(diagnoses=("F4381",), date_of_service=dt.date(2025, 9, 30)),
        {"says": "begins with FY2026"},
        tables=BOTH,
    ),
    trips(
        "a code of the release before, corrected",
        session(diagnoses=("F4301",)),
        cured=session(diagnoses=("F4310",)),
        tables=b.CodeTables(icd=(b.FY2025, b.FY2026)),
    ),
]

test_passes, test_trips = tables_for("CG302", ROWS)
