"""CG305: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt

from tests.domain.checks import builders as b
from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("one diagnosis", session()),
    passes("depression with anxiety", session(diagnoses=("F331", "F411"))),
    passes("the same code twice is no conflict", session(diagnoses=("F331", "F331"))),
    passes("a note does not exclude what stands below it", session(diagnoses=("F329", "F32A"))),
    passes("no release is loaded", session(diagnoses=("F319", "F331")), tables=b.CodeTables()),
    trips("bipolar and recurrent depression", session(diagnoses=("F319", "F331")), {"noted_at": "F31"}),
    trips("the order does not matter", session(diagnoses=("F331", "F319")), {"noted_at": "F31", "count": 1}),
    trips("the note stands on a heading of the code", session(diagnoses=("F32A", "F331")), {"noted_at": "F32"}),
    trips("the note stands on the code itself", session(diagnoses=("F410", "F4001"))),
    trips("three that exclude each other are three pairs", session(diagnoses=("F319", "F331", "F329")), {"count": 3}),
    trips(
        "after the release ended it is only a warning",
        session(diagnoses=("F319", "F331"), date_of_service=dt.date(2026, 11, 2)),
        {"severity": "warning", "risk": "0.00", "says": "Judged by FY2026: the release in force"},
    ),
    trips(
        "on its last day the release is firm",
        session(diagnoses=("F319", "F331"), date_of_service=dt.date(2026, 9, 30)),
        {"severity": "error", "risk": "142.50", "release_in_force": True},
    ),
    trips(
        "one of two removed",
        session(diagnoses=("F319", "F331")),
        {"says": "unrelated"},
        cured=session(diagnoses=("F319",)),
    ),
]

test_passes, test_trips = tables_for("CG305", ROWS)
