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
LONG = 15  # words of a sentence that may tell more than what its one known phrase is a sign of (ours)
_KNOWN = (
    *("mse", "mse_strong", "risk_self", "risk_other", "risk_level", "safety_plan"),
    *("intervention", "necessity", "next", "homework"),
)
_EVERYDAY = ("symptom", "impair", "function_stated", "response", "progress")  # words that stand in many a sentence
_FEW_SECTIONS = 3  # with fewer a text has no headings to speak of: what stands first is no header
_LABELS = frozenset({"participants", "logistics", "diagnosis", "topic"})  # what stands there answers the label
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_ACCOUNTS = (Verdict.MET, Verdict.CONTRADICTED, Verdict.UNSURE)


def sentences(case: Case, found: Iterable[Found]) -> list[int]:
    """Indexes of sentences that no element rests on and that hold no phrase of the word lists; a long one may hold a
    phrase of everyday words and tell more than that."""
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
    everyday = {number for category in _EVERYDAY for number in note.numbers_of(category)}
    taken |= {number for number in everyday if len(note.words(note.sentences[number]).split()) < LONG}
    taken |= {note.number_at(each.start) for each in case.signatures}
    return [
        number
        for number, sentence in enumerate(note.sentences)
        if number not in taken and len(note.words(sentence).split()) >= LEAST_WORDS
    ]


def might_tell(case: Case, numbers: Iterable[int], elsewhere: frozenset[str]) -> list[int]:
    """Those of ``numbers`` that stand outside the sections named ``elsewhere``. Past a blank line a text may have gone
    on to something else without a heading for it, and so it may below the line of a heading that has one line."""
    note = case.note
    headed = len({section.name for section in note.sections}) >= _FEW_SECTIONS

    def might(number: int, sentence: Sentence) -> bool:
        if sentence.section == "header":
            return not headed or _is_prose(note.words(sentence))
        if sentence.section in _LABELS:
            return False
        free = sentence.section not in elsewhere or number in note.astray
        return free or _past_a_blank_line(case, sentence)

    return [number for number in numbers if might(number, note.sentences[number])]


def _past_a_blank_line(case: Case, sentence: Sentence) -> bool:
    """Whether a paragraph of the sentence's section ended before it. A blank line below the heading ends none."""
    starts = [section.start for section in case.note.sections if section.start <= sentence.start]
    return bool(starts) and bool(_BLANK_LINE.search(case.note.low[max(starts) : sentence.start].lstrip()))


def _is_prose(words: str) -> bool:
    """Among the lines of a header, labels with their values, somebody may have begun to tell."""
    return len(words.split()) >= LEAST_OF_PROSE and not re.search(r"[:|]|\t| {3}", words)


def left_to_a_person(case: Case, found: Found, numbers: list[int]) -> Found:
    """``found`` as it is, or unsure where some of ``numbers`` may tell what was not found."""
    return unsure("perhaps", case.note.spans(numbers[:MOST_SHOWN])) if numbers else found
