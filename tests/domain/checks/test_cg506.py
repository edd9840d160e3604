"""CG506: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, tables_with, trips

ROWS = [
    passes("a therapist's therapy", session()),
    passes("an analyst's own work", session("97155", provider_license="BCBA", diagnoses=("F840",))),
    passes("an analyst doing a technician's part", session("97153", provider_license="BCBA")),
    passes("a psychologist who is also an analyst", session("90837", provider_license="PhD, BCBA-D")),
    passes("an unknown credential proves nothing", session(provider_license="QMHP")),
    passes("a psychologist's testing", session("96130", provider_license="PsyD")),
    passes("a prescriber's testing", session("96136", provider_license="PMHNP")),
    passes(
        "a therapist's testing where the contract allows it",
        session("96136"),
        tables=tables_with(testing_by_psychologists=False),
    ),
    trips("a social worker's testing", session("96130"), {"code": "96130", "severity": "warning"}),
    trips("a technician's therapy", session(provider_license="RBT"), {"license": "RBT"}),
    trips("an analyst's therapy", session(provider_license="BCBA")),
    trips("a technician doing the analyst's part", session("97155", provider_license="RBT")),
    trips(
        "the second of two codes",
        session("97155", "90837", provider_license="BCBA", diagnoses=("F840",)),
        {"line": 2, "code": "90837"},
    ),
]

test_passes, test_trips = tables_for("CG506", ROWS)
