"""How much of a note can be read: as the text recognition says, or by whether its words look like words."""

from __future__ import annotations

import re

from clawguard.domain.notes.values import NoteText

READABLE = 0.6  # our threshold: below it nothing is held against a note
LEAST_LETTERS = 12  # fewer are no note at all
_WORD = re.compile(r"[^\W\d_]+")
_LETTER = re.compile(r"[^\W\d_]")
_VOWEL = re.compile(r"[aeiouyáéíóúàâãêôäöü]", re.IGNORECASE)


_SCRAWL = re.compile(r"[^\s\w]")
LEAST_MARKS = 8  # of a line that is mostly no letters: a signature by hand, a smudge
_BY_HAND = 0.85  # pages read worse than this may hold one


def scrawled(given: NoteText, legible: float) -> bool:
    """Whether a scan has a line that is handwriting or a smudge to the text recognition."""
    if given.kind != "image" or legible >= _BY_HAND:
        return False
    return any(_is_scrawl(line) for page in given.pages for line in page.splitlines())


def _is_scrawl(line: str) -> bool:
    marks = _SCRAWL.findall(line)
    return len(marks) >= LEAST_MARKS and len(set(marks)) > 2 and len(marks) > len(_LETTER.findall(line))


def of(given: NoteText) -> float:
    """0 to 1. A typed text is readable; a page without letters is not."""
    stated = [each for each in given.legibility if each is not None]
    if stated:
        return sum(stated) / len(stated)
    text = " ".join(given.pages)
    letters = len(_LETTER.findall(text))
    if letters < (1 if given.kind == "typed" else LEAST_LETTERS):
        return 0.0
    return looks_like_words(text) if given.kind == "image" else 1.0


def looks_like_words(text: str) -> float:
    """The share of its letters that stand in words of three letters and more with a vowel among them."""
    words = _WORD.findall(text)
    letters = sum(len(word) for word in words)
    good = sum(len(word) for word in words if len(word) > 2 and _VOWEL.search(word))
    return min(1.0, good / letters * 1.15) if letters else 0.0
