"""CG311: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("therapy for a disorder", session()),
    passes("behaviour analysis for autism", session("97153", diagnoses=("F840",), minutes=15)),
    passes("health-behaviour work for an illness", session("96158", diagnoses=("E119", "F4320"), minutes=30)),
    passes("a substance-use programme with its diagnosis", session("90837-HF", diagnoses=("F331", "F1020"))),
    passes("the last of the substances", session("90837-HF", diagnoses=("F1910",))),
    passes("the first of them", session("90837-HF", diagnoses=("F1010",))),
    trips(
        "behaviour analysis without autism",
        session("97153", diagnoses=("F902",)),
        {"severity": "warning", "code": "97153"},
    ),
    trips("health-behaviour work for a disorder", session("96158", diagnoses=("F4320", "E119"))),
    trips("the programme modifier without its diagnosis", session("90837-HF"), {"modifiers": ["HF"]}),
    trips(
        "behaviour analysis with the diagnosis added",
        session("97153", diagnoses=("F902",)),
        cured=session("97153", diagnoses=("F840",)),
    ),
]

test_passes, test_trips = tables_for("CG311", ROWS)
