"""What was once taken for something else, and what it looks like: found in notes by another hand. Both sides each."""

from __future__ import annotations

import pytest

from tests.domain.notes.builders import ask, verdict

Row = tuple[str, str, str, str]  # element, billed codes, text, verdict

NEXT = [
    ("N25", "90837", "A: better.\nPLAN:\n\n[Plan from 02/04/2026 for reference: log, return 02/11/2026]", "missing"),
    ("N25", "90837", "P: Previous treatment plan: weekly sessions", "missing"),
    ("N25", "90837", "P: Continue the previous plan of weekly sessions.", "met"),
    ("N25", "90837", "P: [Plan from 02/04/2026: log]\nKeep the log, next session 3/25.", "met"),
]
WHO = [
    ("N15", "90846", "Parents present. Client joined her parents for the whole session.", "contradicted"),
    ("N15", "90846", "Parents present. The client sat in.", "contradicted"),
    ("N15", "90846", "Parents present. They report that client joined the swim team.", "met"),
    ("N15", "90847", "Present: mother and client. Client joined the session by video.", "met"),
]
GROUP = [
    ("N44", "90853", "Topic: sleep. Client reports headaches.", "missing"),
    ("N44", "90853", "Topic: sleep. Client listed her own rules of the evening.", "unsure"),
    ("N44", "90853", "Topic: sleep. Client shared what keeps her awake.", "met"),
]
VISIT = [
    ("N20", "99213", "Low to moderate risk. Prescription drug management.", "unsure"),
    ("N20", "99213", "Low risk of self-harm; denies suicidal ideation.", "met"),
    ("N20", "90837", "Low risk.", "met"),
    ("N08", "99213,90836", "Total time 50 min including medication check, therapy and charting.", "missing"),
    ("N08", "99213,90836", "50 min including medication check and therapy.", "missing"),
    ("N08", "99213,90836", "45 minutes of psychotherapy, not including the visit.", "met"),
]
METHODS = [
    ("N22", "90837", "EMDR not started.", "missing"),
    ("N22", "90837", "EMDR started.", "met"),
]


@pytest.mark.parametrize(("element", "codes", "text", "expected"), [*NEXT, *WHO, *GROUP, *VISIT, *METHODS])
def test_it_is_read_as_what_it_is(element: str, codes: str, text: str, expected: str) -> None:
    assert verdict(element, text, ask(*codes.split(","))) == expected


def test_an_evaluation_with_an_add_on_comes_before_a_plan_too() -> None:
    assert verdict("N27", "Note.", ask("90791", "90785", plan_missing=True)) == "not_applicable"
    assert verdict("N27", "Note.", ask("90834", "90785", plan_missing=True)) == "missing"
