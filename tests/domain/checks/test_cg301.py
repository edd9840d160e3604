"""CG301: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt

from tests.domain.checks import builders as b
from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("a code of the release", session()),
    passes("a heading is a code, if not a billable one", session(diagnoses=("F33",))),
    passes(
        "a day that no release covers is not judged",
        session(diagnoses=("F3399",), date_of_service=dt.date(2026, 10, 1)),
    ),
    passes("no release is loaded", session(diagnoses=("F3399",)), tables=b.CodeTables()),
    passes(
        "known to another release is another check's",
        session(diagnoses=("F4301",)),
        tables=b.CodeTables(icd=(b.FY2025, b.FY2026)),
    ),
    trips("a code that does not exist", session(diagnoses=("F331", "F3399")), {"diagnosis": "F3399", "says": "F33.99"}),
    trips("the last day of the release", session(diagnoses=("F3399",), date_of_service=dt.date(2026, 9, 30))),
    trips("two unknown codes are told apart", session(diagnoses=("ABC", "F3399")), {"count": 2}),
    trips("a slip that is corrected", session(diagnoses=("F339X",)), cured=session(diagnoses=("F331",))),
]

test_passes, test_trips = tables_for("CG301", ROWS)
