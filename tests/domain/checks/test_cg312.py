"""CG312: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import line, passes, session, tables_for, trips

ROWS = [
    passes("one diagnosis", session()),
    passes("two diagnoses", session(diagnoses=("F331", "F411"))),
    passes("no diagnosis", session(diagnoses=())),
    passes("two pointers", session(line("90837", diagnosis_pointers=(1, 2)), diagnoses=("F331", "F411"))),
    passes(
        "two lines that point to one",
        session(line("90834", diagnosis_pointers=(1,)), line("90785", 2, diagnosis_pointers=(1,))),
    ),
    trips(
        "listed twice",
        session(diagnoses=("F331", "F331")),
        {"times": 2, "says": "F33.1 is listed twice"},
        cured=session(diagnoses=("F331",)),
    ),
    trips("listed three times is told once", session(diagnoses=("F331", "F411", "F331", "F331")), {"times": 3}),
    trips("two of them twice", session(diagnoses=("F331", "F411", "F331", "F411")), {"count": 2}),
    trips("the same pointer twice", session(line("90837", diagnosis_pointers=(1, 1))), {"pointers": [1, 1], "line": 1}),
]

test_passes, test_trips = tables_for("CG312", ROWS)
