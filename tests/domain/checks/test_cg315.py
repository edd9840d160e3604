"""CG315: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, tables_with, trips

ROWS = [
    passes("depression", session()),
    passes("beside another disorder", session(diagnoses=("F17210", "F331"))),
    passes("an evaluation finds out", session("90791", diagnoses=("F70",))),
    passes("the category after dementia", session(diagnoses=("F04",))),
    passes("the category before tobacco", session(diagnoses=("F1620",))),
    passes("the category after tobacco", session(diagnoses=("F1820",))),
    passes("the category after intellectual disability", session(diagnoses=("F800",))),
    passes("another plan's exclusion", session(), tables=tables_with(plan_excluded_diagnoses=frozenset({"F52"}))),
    passes(
        "one of two is covered",
        session(diagnoses=("F520", "F331")),
        tables=tables_with(plan_excluded_diagnoses=frozenset({"F52"})),
    ),
    passes("a visit for dementia", session("99214", diagnoses=("F0390",), provider_license="MD")),
    passes(
        "an evaluation for what the plan excludes finds out",
        session("90791", diagnoses=("F520",)),
        tables=tables_with(plan_excluded_diagnoses=frozenset({"F52"})),
    ),
    trips(
        "a visit for what the plan excludes",
        session("99214", diagnoses=("F520",), provider_license="MD"),
        {"severity": "error", "plan_excludes": True},
        tables=tables_with(plan_excluded_diagnoses=frozenset({"F52"})),
    ),
    trips(
        "tobacco alone",
        session(diagnoses=("F17210",)),
        {"severity": "warning", "line": 1, "plan_excludes": False},
        cured=session(diagnoses=("F17210", "F331")),
    ),
    trips("intellectual disability alone", session(diagnoses=("F70",)), {"says": "intellectual disability"}),
    trips("its last category", session(diagnoses=("F79",))),
    trips("dementia", session(diagnoses=("G309", "F0280")), {"says": "could take part"}),
    trips("its last category too", session("90853", diagnoses=("F0390",))),
    trips("sexual dysfunction is only mentioned", session(diagnoses=("F520",)), {"severity": "info", "risk": "0.00"}),
    trips(
        "what the plan excludes",
        session(diagnoses=("F520",)),
        {"severity": "error", "plan_excludes": True},
        tables=tables_with(plan_excluded_diagnoses=frozenset({"F52"})),
    ),
    trips(
        "a plan may exclude a single code",
        session(diagnoses=("F331",)),
        {"severity": "error"},
        tables=tables_with(plan_excluded_diagnoses=frozenset({"F331"})),
    ),
]

test_passes, test_trips = tables_for("CG315", ROWS)
