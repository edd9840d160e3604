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
    passes("a psychologist's behaviour analysis", session("97155", provider_license="PhD", diagnoses=("F840",))),
    passes("a counsellor who is also an analyst", session("97153", provider_license="LPC, BCBA")),
    passes("a prescriber's behaviour analysis", session("97151", provider_license="MD", diagnoses=("F840",))),
    passes("a therapist's health-behaviour work", session("96156", diagnoses=("E119",))),
    passes("a therapist's phone call", session("98966", minutes=8)),
    passes(
        "an analyst's testing where the contract allows it",
        session("96112", provider_license="BCBA"),
        tables=tables_with(testing_by_psychologists=False),
    ),
    trips("a social worker's behaviour analysis", session("97155"), {"severity": "warning", "license": "LCSW"}),
    trips("or a technician's part of it", session("97153"), {"severity": "warning"}),
    trips("a technician's testing", session("96130", provider_license="RBT"), {"severity": "warning"}),
    trips("an analyst's health-behaviour work", session("96156", provider_license="BCBA"), {"severity": "warning"}),
    trips("a technician's phone call", session("98966", provider_license="RBT", minutes=8), {"severity": "warning"}),
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
