"""CG313: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks import builders as b
from tests.domain.checks.builders import line, passes, session, tables_for, trips

ROWS = [
    passes("a disorder first", session(diagnoses=("F331", "Z719"))),
    passes("no disorder at all is another check's", session(diagnoses=("Z719",))),
    passes("a social circumstance is another check's", session(diagnoses=("Z630", "F331"))),
    passes("an external cause is another check's", session(diagnoses=("V00131A", "F331"))),
    passes("abuse may stand first", session(diagnoses=("T7412XA", "F4310"))),
    passes("an injury of another chapter", session(diagnoses=("S060X0A", "F331"))),
    passes("an observation at an evaluation", session("90791", diagnoses=("Z0389", "F331"))),
    passes("a symptom at an evaluation", session("90791", diagnoses=("R45851", "F331"))),
    passes("an attempt with crisis work", session("90839", minutes=60, diagnoses=("T1491XA", "F331"))),
    passes("the disease before its effect", session(diagnoses=("G309", "F0280"))),
    passes(
        "a line that points to the disorder first",
        session(line("90837", diagnosis_pointers=(2, 1)), diagnoses=("Z719", "F331")),
    ),
    passes("a visit may treat what it likes", session("99214", diagnoses=("E119", "F331"))),
    passes(
        "no release is loaded, so nothing is said of other chapters",
        session(diagnoses=("E119", "F331")),
        tables=b.CodeTables(),
    ),
    trips(
        "an administrative examination",
        session(diagnoses=("Z0289", "F331")),
        {"severity": "error", "line": 1},
        cured=session(diagnoses=("F331", "Z0289")),
    ),
    trips("a history", session(diagnoses=("Z8659", "F331")), {"severity": "error"}),
    trips("the first and the last category of histories", session(diagnoses=("Z800", "F331")), {"severity": "error"}),
    trips("a lasting medication", session(diagnoses=("Z79899", "F331"))),
    trips("burn-out", session(diagnoses=("Z733", "F331")), {"severity": "error", "says": "life management"}),
    trips("counselling", session(diagnoses=("Z719", "F331")), {"severity": "warning"}),
    trips("an observation in therapy", session(diagnoses=("Z0389", "F331")), {"severity": "warning"}),
    trips("a symptom in therapy", session(diagnoses=("R45851", "F331")), {"severity": "warning", "says": "R45.851"}),
    trips("the last symptom", session(diagnoses=("R99", "F331")), {"severity": "warning"}),
    trips("an attempt in therapy", session(diagnoses=("T1491XA", "F331")), {"severity": "warning"}),
    trips("a poisoning", session(diagnoses=("T400X1A", "F331")), {"severity": "info", "risk": "0.00"}),
    trips(
        "a physical illness is only mentioned",
        session(diagnoses=("E119", "F331")),
        {"severity": "info", "says": "another chapter"},
    ),
]

test_passes, test_trips = tables_for("CG313", ROWS)
