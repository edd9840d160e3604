"""CG304: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import line, passes, session, tables_for, trips

ROWS = [
    passes("a behavioral-health diagnosis", session()),
    passes("a disorder behind its cause", session(diagnoses=("G309", "F0280"))),
    passes("a disorder beside a circumstance", session(diagnoses=("F4320", "Z630"))),
    passes("an evaluation may still look for it", session("90791", diagnoses=("R45851",))),
    passes("an evaluation for observation", session("90791", diagnoses=("Z0389",))),
    passes("confirmed abuse may stand for itself", session(diagnoses=("T7412XA",))),
    passes("a crisis after an attempt", session("90839", diagnoses=("T1491XA",))),
    passes("who pays for themselves needs none", session(diagnoses=("Z630",), payer_kind="self_pay")),
    passes("an employee programme needs none", session(diagnoses=("Z630",), payer_kind="eap")),
    passes("health-behaviour work treats an illness", session("96156", diagnoses=("E119",))),
    passes("and for whatever service", session("96158", diagnoses=("E119",))),
    passes("a visit for a disorder", session("99214", diagnoses=("F331",), provider_license="MD")),
    passes("a visit may still look for it", session("99204", diagnoses=("R45851",), provider_license="MD")),
    passes("a visit for an effect of the medication", session("99214", diagnoses=("I10",), provider_license="MD")),
    passes("a visit for observation", session("99214", diagnoses=("Z0389",), provider_license="MD")),
    passes("a screening rests on its own code", session("96127", diagnoses=("Z133",))),
    passes("no diagnosis where nobody is billed", session("99214", diagnoses=(), payer_kind="self_pay")),
    trips("a visit without a diagnosis", session("99214", diagnoses=(), provider_license="MD"), {"diagnoses": []}),
    trips("health-behaviour work without one", session("96158", diagnoses=()), {"says": "rests on no diagnosis"}),
    trips("a code we do not know without one", session("87070", diagnoses=())),
    trips(
        "a visit for a circumstance alone",
        session("99214", diagnoses=("Z600",), provider_license="MD"),
        {"severity": "warning"},
        cured=session("99214", diagnoses=("F331", "Z600"), provider_license="MD"),
    ),
    trips("a visit by video for one", session("98006", diagnoses=("Z733",)), {"severity": "warning"}),
    trips("a circumstance alone", session(diagnoses=("Z600",)), {"diagnoses": ["Z600"], "line": 1}),
    trips("no diagnosis at all", session(diagnoses=()), {"says": "no diagnosis"}),
    trips(
        "family work for a couple's problem, by contract at some plans",
        session("90847", diagnoses=("Z630",)),
        {"severity": "warning"},
    ),
    trips("counselling codes are mostly not covered", session(diagnoses=("Z6911",)), {"severity": "warning"}),
    trips("an evaluation for a circumstance", session("90791", diagnoses=("Z630",)), {"severity": "warning"}),
    trips("insomnia alone is looked at", session(diagnoses=("G4700",)), {"severity": "warning"}),
    trips("a symptom alone in therapy", session(diagnoses=("R45851",)), {"severity": "warning"}),
    trips(
        "the line points past the disorder",
        session(line("90837", diagnosis_pointers=(2,)), diagnoses=("F331", "Z600")),
        {"diagnoses": ["Z600"], "says": "does not point to F33.1"},
        cured=session(line("90837", diagnosis_pointers=(2, 1)), diagnoses=("F331", "Z600")),
    ),
    trips(
        "a cause that stands first and the line's only pointer",
        session(line("90837", diagnosis_pointers=(1,)), diagnoses=("G309", "F0280")),
        {"severity": "warning", "says": "rests on G30.9; the line does not point to F02.80"},
    ),
    trips("a couple's problem in individual therapy", session(diagnoses=("Z630",)), {"severity": "error"}),
    trips("an abuse beside nothing else, corrected", session(diagnoses=("Z600",)), cured=session(diagnoses=("F331",))),
]

test_passes, test_trips = tables_for("CG304", ROWS)
