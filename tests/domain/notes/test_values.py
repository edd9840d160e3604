"""A reading of a note as a value: results by element, and what checks may know of it."""

from __future__ import annotations

import pytest

from clawguard.domain.facts import ElementVerdict
from clawguard.domain.notes.values import Confidence, ElementResult, NoteReading, Span, Verdict

SHORT = ElementResult(
    "N10",
    Verdict.CONTRADICTED,
    Confidence.HIGH,
    (Span(0, 3, 9),),
    "too_short",
    (("minutes", 47), ("least", 53)),
    "The note says less.",
    "Your note says less.",
)
READING = NoteReading(
    "7", (SHORT, ElementResult("N11", Verdict.NOT_APPLICABLE), ElementResult("N12", Verdict.MET)), "SOAP", "en"
)


def test_results_are_found_by_their_element() -> None:
    assert READING.of("N10") is SHORT
    with pytest.raises(KeyError):
        READING.of("N99")


def test_checks_are_told_verdict_confidence_reason_and_numbers_of_what_applies_as_texts() -> None:
    told = READING.verdicts()
    assert told == (
        ElementVerdict("N10", "contradicted", "high", "too_short", (("minutes", 47), ("least", 53))),
        ElementVerdict("N12", "met", "medium", "", ()),
    )
    assert {type(text) for each in told for text in (each.verdict, each.confidence)} == {str}


def test_two_readings_that_found_the_same_are_equal() -> None:
    assert NoteReading("7", READING.results, "SOAP", "en") == READING
    assert NoteReading("7", READING.results[:2], "SOAP", "en") != READING
