"""Reading a note: every element that applies gets a verdict; what cannot be said is left to a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from clawguard.domain.notes import guards, left_over, legibility, sections
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
    results = tuple(_result(element.id, found) for element, found in _look_for(case, ALL_IN_ORDER))
    return NoteReading(READER_VERSION, results, sections.form(case.note.sections), case.language, locked)


def missing_while_typing(text: str, ask: NoteAsk) -> tuple[ElementResult, ...]:
    """Elements that the words typed so far leave open, most telling first: for each pause in typing."""
    case = Case(NoteText((text,)), ask)
    if case.language not in (ENGLISH, UNKNOWN):
        return ()
    wanted = [element for element in ALL_IN_ORDER if element.text and element.applies(case)]
    results = (_result(element.id, found) for element, found in _look_for(case, wanted))
    return tuple(each for each in results if each.verdict in (Verdict.MISSING, Verdict.CONTRADICTED))


_NOT_IN_FULL = ("", "no_part", "crisis_parts")  # nothing, or not all, was found
_BY_HAND = frozenset({"N06", "N07", "N08", "N16", "N31"})  # what stands there, a line that cannot be read may well be
ALL_IN_ORDER: tuple[Element, ...] = tuple(element for _, element in sorted(ALL.items()))


def _look_for(case: Case, elements: Sequence[Element]) -> list[tuple[Element, Found]]:
    """Each element by itself; then what was not found, against what is left over when all others are accounted for."""
    looked = [(element, _look(element, case)) for element in elements]
    left = left_over.sentences(case, [found for _, found in looked])
    return [(element, _or_left_over(element, found, case, left)) for element, found in looked]


def _or_left_over(element: Element, found: Found, case: Case, left: Sequence[int]) -> Found:
    if element.never_in is None or found.verdict is not Verdict.MISSING or found.reason not in _NOT_IN_FULL:
        return found
    return left_over.left_to_a_person(case, found, left_over.might_tell(case, left, element.never_in))


def _result(identifier: str, found: Found) -> ElementResult:
    staff, provider = sentences_for(identifier, found.verdict, found.reason, dict(found.numbers))
    return ElementResult(
        identifier, found.verdict, found.confidence, found.spans, found.reason, found.numbers, staff, provider
    )


def _look(element: Element, case: Case) -> Found:
    if not element.applies(case):
        return Found(Verdict.NOT_APPLICABLE, Confidence.HIGH)
    if element.text and case.language not in (ENGLISH, UNKNOWN):
        return Found(Verdict.UNSURE, Confidence.LOW, reason="language")
    found = element.look(case)
    if case.note.cut and element.text and found.verdict is Verdict.MISSING:
        return Found(Verdict.UNSURE, Confidence.LOW, found.spans, "long_text")
    if (
        element.id in _BY_HAND
        and found.verdict is Verdict.MISSING
        and legibility.scrawled(case.note.given, case.legible)
    ):
        return Found(Verdict.UNREADABLE, Confidence.LOW, found.spans, "hard_to_read")
    if not element.text or case.legible >= legibility.READABLE or found.reason == "record":
        return found
    if found.verdict is Verdict.MISSING:
        return Found(Verdict.UNREADABLE, Confidence.LOW, found.spans, "hard_to_read")
    return replace(found, confidence=Confidence.LOW)
