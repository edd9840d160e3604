"""CG303: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt

from tests.domain.checks import builders as b
from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("a code with nothing below it", session()),
    passes("a short code can be billable", session(diagnoses=("F54", "F331"))),
    passes("a letter at the end makes no heading", session(diagnoses=("F32A",))),
    passes("an unknown code is another check's", session(diagnoses=("F3399",))),
    passes("no release is loaded", session(diagnoses=("F33",)), tables=b.CodeTables()),
    trips("a category", session(diagnoses=("F33",)), {"diagnosis": "F33", "release_in_force": True}),
    trips(
        "a code of five characters with codes below it", session(diagnoses=("F5001",)), {"says": "F50.01 is a heading"}
    ),
    trips(
        "after the release ended it is only a warning",
        session(diagnoses=("F33",), date_of_service=dt.date(2026, 10, 1)),
        {"severity": "warning", "risk": "0.00", "release_in_force": False, "says": "Judged by FY2026: the release"},
    ),
    trips(
        "on its last day the release is firm",
        session(diagnoses=("F33",), date_of_service=dt.date(2026, 9, 30)),
        {"severity": "error", "risk": "142.50", "release_in_force": True},
    ),
    trips("a heading, corrected", session(diagnoses=("F33",)), cured=session(diagnoses=("F331",))),
]

test_passes, test_trips = tables_for("CG303", ROWS)
