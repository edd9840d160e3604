"""Reading a note: every element that applies gets a verdict; what cannot be said is left to a person."""

from __future__ import annotations

from dataclasses import replace

from clawguard.domain.notes import guards, legibility, sections
from clawguard.domain.notes.case import Case
from clawguard.domain.notes.elements import ALL, Element
from clawguard.domain.notes.elements.registry import Found
from clawguard.domain.notes.language import ENGLISH, UNKNOWN
from clawguard.domain.notes.values import (
    READER_VERSION,
    Confidence,
    ElementResult,
    NoteAsk,
    NoteReading,
    NoteText,
    Verdict,
)
from clawguard.domain.notes.words import sentences_for


def read_note(text: NoteText, ask: NoteAsk) -> NoteReading:
    """The verdict on each element of ``ALL``, in order of their ids. Pure: the same note is always read the same."""
    case = Case(text, ask)
    locked = guards.quarantine(case)
    results = tuple(_result(element, case) for element in ALL_IN_ORDER)
    return NoteReading(READER_VERSION, results, sections.form(case.note.sections), case.language, locked)


def missing_while_typing(text: str, ask: NoteAsk) -> tuple[ElementResult, ...]:
    """Elements that the words typed so far leave open, most telling first: for each pause in typing."""
    case = Case(NoteText((text,)), ask)
    if case.language not in (ENGLISH, UNKNOWN):
        return ()
    results = (_result(element, case) for element in ALL_IN_ORDER if element.text and element.applies(case))
    return tuple(each for each in results if each.verdict in (Verdict.MISSING, Verdict.CONTRADICTED))


ALL_IN_ORDER: tuple[Element, ...] = tuple(element for _, element in sorted(ALL.items()))


def _result(element: Element, case: Case) -> ElementResult:
    found = _look(element, case)
    staff, provider = sentences_for(element.id, found.verdict, found.reason, dict(found.numbers))
    return ElementResult(
        element.id, found.verdict, found.confidence, found.spans, found.reason, found.numbers, staff, provider
    )


def _look(element: Element, case: Case) -> Found:
    if not element.applies(case):
        return Found(Verdict.NOT_APPLICABLE, Confidence.HIGH)
    if element.text and case.language not in (ENGLISH, UNKNOWN):
        return Found(Verdict.UNSURE, Confidence.LOW, reason="language")
    found = element.look(case)
    if case.note.cut and element.text and found.verdict is Verdict.MISSING:
        return Found(Verdict.UNSURE, Confidence.LOW, found.spans, "long_text")
    if not element.text or case.legible >= legibility.READABLE or found.reason == "record":
        return found
    if found.verdict is Verdict.MISSING:
        return Found(Verdict.UNREADABLE, Confidence.LOW, found.spans, "hard_to_read")
    return replace(found, confidence=Confidence.LOW)
