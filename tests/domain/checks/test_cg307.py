"""CG307: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import line, passes, session, tables_for, tables_with, trips

ROWS = [
    passes("the disorder first", session(diagnoses=("F331", "Z600", "V00131A"))),
    passes("a circumstance alone is another check's", session(diagnoses=("Z600",))),
    passes("abuse may stand first", session(diagnoses=("T7412XA", "F4310"))),
    passes("the code before the circumstances", session(diagnoses=("Z534", "F331"))),
    passes("the code after them", session(diagnoses=("Z660", "F331"))),
    passes(
        "a relationship code first for family work, by contract",
        session("90847", diagnoses=("Z630", "F331")),
        tables=tables_with(social_reason_first=True),
    ),
    passes("two circumstances", session(diagnoses=("Z600", "Z630"))),
    passes("a circumstance before a reason for counselling", session(diagnoses=("Z630", "Z719"))),
    trips(
        "a circumstance before a disease, in health-behaviour work",
        session("96158", diagnoses=("Z600", "E119")),
        {"severity": "error"},
        cured=session("96158", diagnoses=("E119", "Z600")),
    ),
    trips("an external cause first", session(diagnoses=("V00131A", "F4310")), {"diagnosis": "V00131A"}),
    trips("the last letter of external causes", session(diagnoses=("Y07499",))),
    trips("a circumstance before the disorder", session(diagnoses=("Z630", "F4320")), {"severity": "error"}),
    trips(
        "a line that points to the circumstance first",
        session(line("90837", diagnosis_pointers=(2, 1)), diagnoses=("F4320", "Z630")),
        {"diagnosis": "Z630", "severity": "error"},
    ),
    trips(
        "the first of the circumstances",
        session(diagnoses=("Z550", "F331")),
        {"diagnosis": "Z550", "severity": "error"},
    ),
    trips("the last of them", session(diagnoses=("Z659", "F331")), {"severity": "error"}),
    trips(
        "for family work some plans accept it",
        session("90847", diagnoses=("Z630", "F331")),
        {"severity": "warning"},
        cured=session("90847", diagnoses=("F331", "Z630")),
    ),
    trips(
        "the contract is about relationships only",
        session("90847", diagnoses=("Z600", "F331")),
        {"severity": "error"},
        tables=tables_with(social_reason_first=True),
    ),
    trips(
        "and about family work only",
        session("90837", diagnoses=("Z630", "F331")),
        {"severity": "error"},
        tables=tables_with(social_reason_first=True),
    ),
]

test_passes, test_trips = tables_for("CG307", ROWS)
