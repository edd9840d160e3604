"""CG402: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, tables_with, trips

ROWS = [
    passes("one modifier", session("90837-95")),
    passes("two that say different things", session("90837-95-59")),
    passes("audio only said twice by two sets of rules", session("90837-93-FQ")),
    passes("contradictions on two lines are two services", session("90837-95", "90847-93")),
    passes("a social worker's level", session("90837-AJ-HO")),
    trips("video and audio only", session("90837-95-93"), {"modifiers": ["95", "93"], "line": 1}),
    trips("in either order", session("90837-93-95")),
    trips("two marks for video", session("90837-95-GT")),
    trips("recorded and live", session("90837-GQ-95")),
    trips("two levels of training", session("90837-HO-HP")),
    trips("child and adult programme", session("90837-HA-HB")),
    trips("distinct service said twice", session("90837-59-XE"), {"severity": "warning"}),
    trips(
        "one of the two removed",
        session("90853-95-GT", place_of_service="10", telehealth="video"),
        cured=session("90853-95", place_of_service="10", telehealth="video"),
    ),
    trips("a psychologist at a master's level", session("90837-AH-HO")),
    trips("a doctoral level said twice", session("90837-AH-HP"), {"severity": "warning"}),
    trips(
        "audio only said twice where one is accepted",
        session("90837-93-FQ"),
        {"severity": "warning"},
        tables=tables_with(one_audio_modifier=True),
    ),
    trips("group and family", session("90853-HQ-HR")),
]

test_passes, test_trips = tables_for("CG402", ROWS)
