"""CG309: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import line, passes, session, tables_for, trips

ROWS = [
    passes("no pointers mean all diagnoses", session()),
    passes("a pointer to the last one", session(line("90837", diagnosis_pointers=(1, 2)), diagnoses=("F331", "F411"))),
    passes("twelve diagnoses", session(diagnoses=("F331",) * 12)),
    passes("four pointers", session(line("90837", diagnosis_pointers=(1, 2, 3, 4)), diagnoses=("F331",) * 4)),
    trips("a pointer past the end", session(line("90837", diagnosis_pointers=(2,))), {"line": 1, "pointers": [2]}),
    trips("pointers begin at one", session(line("90837", diagnosis_pointers=(0,)))),
    trips("thirteen diagnoses", session(diagnoses=("F331",) * 13), {"diagnoses": 13}),
    trips("five pointers", session(line("90837", diagnosis_pointers=(1, 2, 3, 4, 5)), diagnoses=("F331",) * 5)),
    trips(
        "a pointer corrected",
        session(line("90837", diagnosis_pointers=(1, 3))),
        cured=session(line("90837", diagnosis_pointers=(1,))),
    ),
]

test_passes, test_trips = tables_for("CG309", ROWS)
