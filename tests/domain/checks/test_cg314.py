"""CG314: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("ideation beside depression", session("90791", diagnoses=("F331", "R45851"))),
    passes("an evaluation of another symptom", session("90791", diagnoses=("R419",))),
    passes("therapy is another check's", session("90837", diagnoses=("R45851",))),
    trips(
        "an evaluation",
        session("90791", diagnoses=("R45851",)),
        {"severity": "warning"},
        cured=session("90791", diagnoses=("F331", "R45851")),
    ),
    trips("crisis work", session("90839", minutes=60, diagnoses=("Z630", "R45851")), {"line": None}),
]

test_passes, test_trips = tables_for("CG314", ROWS)
