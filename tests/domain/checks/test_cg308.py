"""CG308: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt

from tests.domain.checks import builders as b
from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("the cause stands before it", session(diagnoses=("G309", "F0280"))),
    passes("an ordinary disorder", session()),
    passes("an associated disorder goes first only where there is one", session(diagnoses=("F70",))),
    passes("no release is loaded", session(diagnoses=("F0280",)), tables=b.CodeTables()),
    passes("its disease is listed before it though not first", session(diagnoses=("F331", "G309", "F0280"))),
    trips("dementia in another disease listed first", session(diagnoses=("F0280", "G309")), {"manifestation": True}),
    trips("psychological factors before the illness", session(diagnoses=("F54", "L409")), {"diagnosis": "F54"}),
    trips(
        "where the cause is known", session(diagnoses=("F0150",)), {"severity": "warning", "says": "where it is known"}
    ),
    trips(
        "after the release ended it is only a warning",
        session(diagnoses=("F54",), date_of_service=dt.date(2026, 10, 1)),
        {"severity": "warning", "risk": "0.00", "says": "Judged by FY2026: the release in force"},
    ),
    trips(
        "listed second, behind no disease",
        session(diagnoses=("F331", "F0280", "G309")),
        {"manifestation": True},
        cured=session(diagnoses=("F331", "G309", "F0280")),
    ),
    trips("behind a circumstance", session(diagnoses=("F331", "Z630", "F54")), {"diagnosis": "F54"}),
    trips(
        "the same after the release ended",
        session(diagnoses=("F331", "F54"), date_of_service=dt.date(2026, 10, 1)),
        {"severity": "warning", "risk": "0.00"},
    ),
    trips(
        "on its last day the release is firm",
        session(diagnoses=("F331", "F54"), date_of_service=dt.date(2026, 9, 30)),
        {"severity": "error", "risk": "142.50"},
    ),
]

test_passes, test_trips = tables_for("CG308", ROWS)
