"""A reading in the shape that pages and the API show: element by element, the open ones first."""

from __future__ import annotations

from typing import Any

from clawguard.domain.notes import ElementResult, NoteReading, Verdict
from clawguard.domain.notes.elements import ALL

ORDER = (
    Verdict.CONTRADICTED,
    Verdict.MISSING,
    Verdict.UNREADABLE,
    Verdict.UNSURE,
    Verdict.MET,
)
WORDS = {
    Verdict.MET: "there",
    Verdict.MISSING: "not found",
    Verdict.CONTRADICTED: "says something else",
    Verdict.UNREADABLE: "hard to read",
    Verdict.UNSURE: "a person decides",
}


def results(reading: NoteReading) -> list[ElementResult]:
    """What applies, in the order of what to do about it."""
    shown = [result for result in reading.results if result.verdict in WORDS]
    return sorted(shown, key=lambda result: ORDER.index(result.verdict))


def rows(reading: NoteReading) -> list[dict[str, Any]]:
    """For a page: name, verdict in words, what to add."""
    return [
        {
            "name": ALL[result.element].name,
            "verdict": str(result.verdict),
            "words": WORDS[result.verdict],
            "add": result.provider if result.verdict != Verdict.MET else "",
            "sure": str(result.confidence),
            "by_record": result.reason == "record",
        }
        for result in results(reading)
    ]


def reading_dict(reading: NoteReading) -> dict[str, Any]:
    """For the API. Spans point into the text that was sent; no words of it are repeated."""
    locked = reading.quarantine
    return {
        "reader": reading.version,
        "form": reading.form,
        "language": reading.language,
        "quarantine": {"reason": locked.reason, "detail": locked.provider} if locked else None,
        "elements": [_element(result) for result in results(reading)],
    }


def _element(result: ElementResult) -> dict[str, Any]:
    return {
        "element": result.element,
        "name": ALL[result.element].name,
        "verdict": str(result.verdict),
        "confidence": str(result.confidence),
        "reason": result.reason,
        "numbers": dict(result.numbers),
        "spans": [{"page": span.page, "start": span.start, "end": span.end} for span in result.spans],
        "staff": result.staff,
        "provider": result.provider,
    }
