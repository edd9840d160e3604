"""What no element accounts for: sentences that tell something in words the reader does not know.

An element that people tell freely cannot be called missing while such a sentence stands where it might be told. It is
left to a person instead, with the sentences in question. A form whose every line is accounted for leaves nothing over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from clawguard.domain.notes.case import Case
from clawguard.domain.notes.elements.registry import Found, unsure
from clawguard.domain.notes.note import Sentence
from clawguard.domain.notes.values import Verdict

LEAST_WORDS = 5  # of a sentence that may tell something (ours)
LEAST_TOLD = 70  # words of a text in which anything can be told freely
LEAST_OF_PROSE = 8
MOST_SHOWN = 3
_KNOWN = (
    *("symptom", "mse", "mse_strong", "risk_self", "risk_other", "risk_level", "safety_plan", "impair"),
    *("function_stated", "intervention", "response", "necessity", "progress", "next", "homework"),
)
_FEW_SECTIONS = 3  # with fewer a text has no headings to speak of: what stands first is no header
_LABELS = frozenset({"participants", "logistics", "diagnosis", "topic"})  # what stands there answers the label
_ACCOUNTS = (Verdict.MET, Verdict.CONTRADICTED, Verdict.UNSURE)


def sentences(case: Case, found: Iterable[Found]) -> list[int]:
    """Indexes of sentences that no element rests on and that hold no phrase of the word lists."""
    note = case.note
    if len(note.low.split()) < LEAST_TOLD:
        return []
    taken = {
        note.number_at(note.starts[span.page] + span.start)
        for each in found
        if each.verdict in _ACCOUNTS
        for span in each.spans
    }
    for category in _KNOWN:
        taken |= note.numbers_of(category)
    taken |= {note.number_at(each.start) for each in case.signatures}
    return [
        number
        for number, sentence in enumerate(note.sentences)
        if number not in taken and len(note.words(sentence).split()) >= LEAST_WORDS
    ]


def might_tell(case: Case, numbers: Iterable[int], elsewhere: frozenset[str]) -> list[int]:
    """Those of ``numbers`` that stand outside the sections named ``elsewhere``."""
    note = case.note
    headed = len({section.name for section in note.sections}) >= _FEW_SECTIONS

    def might(sentence: Sentence) -> bool:
        if sentence.section == "header":
            return not headed or _is_prose(note.words(sentence))
        return sentence.section not in elsewhere and sentence.section not in _LABELS

    return [number for number in numbers if might(note.sentences[number])]


def _is_prose(words: str) -> bool:
    """Among the lines of a header, labels with their values, somebody may have begun to tell."""
    return len(words.split()) >= LEAST_OF_PROSE and not re.search(r"[:|]|\t| {3}", words)


def left_to_a_person(case: Case, found: Found, numbers: list[int]) -> Found:
    """``found`` as it is, or unsure where some of ``numbers`` may tell what was not found."""
    return unsure("perhaps", case.note.spans(numbers[:MOST_SHOWN])) if numbers else found
