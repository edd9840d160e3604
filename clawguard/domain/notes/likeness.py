"""How alike two notes are in what was written about the session: copied text is found, the form's words do not count.

Headings, header and signature lines, dates, times, numbers and everyday formulas ("denies SI/HI", "continue weekly")
are left out before runs of five words (shingles) are compared. ``fingerprint`` makes a note comparable by 128 numbers
(MinHash), ``bands`` turns them into 32 keys: notes that share a key are worth comparing in full, all others are not.
``at_most`` says from the numbers alone how much of a note another can hold.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from math import sqrt

from clawguard.domain.notes import lexicon
from clawguard.domain.notes.note import Note
from clawguard.domain.notes.values import NoteText, Span

WORDS_TOGETHER = 5
LEAST_SHINGLES = 20  # fewer words of its own than this say nothing about copying
PERMUTATIONS, BANDS = 128, 32
ERRORS = 4  # standard errors of an estimate beyond which nothing is expected
PASSAGE_WORDS = 8  # shorter runs are not shown side by side
MOST_WORDS = 2_000  # of each note that are laid side by side
_ROWS = PERMUTATIONS // BANDS
_PRIME = (1 << 61) - 1
_MOST = (1 << 32) - 1
_NUMBERED = re.compile(r"\d")
_FORMULA = re.compile(
    r"\b(?:den(?:y|ies|ied)\b[^.;]{0,30}\b(?:si|hi|suicid\w*|homicid\w*|thoughts?|ideation)|no (?:si|suicid\w*)\b|"
    r"si/hi|continue (?:current|weekly)|continued? (?:weekly )?(?:therapy|treatment|care)\b|medical(?:ly)? necess|"
    r"next (?:session|appointment|week)|return (?:in|to)|rtc\b|oriented|alert and|eye contact|informed consent|"
    r"confidential|hipaa|telehealth|in(?: the| my)? office|i (?:attest|certify|declare)|electronically signed|/s/|"
    r"signed by)"
)
_FORM_FIELD = re.compile(
    r"\b(?:client|patient|dob|dos|date|npi|provider|clinician|time|location|place)\b\s*:|\d{1,2}[:/]\d\d"
)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """``smallest``: 128 numbers below 2**32; ``shingles``: how many runs of words it was made of. Holds no text."""

    smallest: tuple[int, ...]
    shingles: int

    @property
    def comparable(self) -> bool:
        return self.shingles >= LEAST_SHINGLES


Word = tuple[str, int, int]  # the word and where it stands in the joined text
Runs = frozenset[tuple[str, ...]]


def runs(text: NoteText) -> Runs:
    """The runs of words of a note, each once."""
    plain = [word for word, _, _ in _words(Note(text))]
    return frozenset(zip(*(plain[offset:] for offset in range(WORDS_TOGETHER)), strict=False))


def fingerprint(found: Runs) -> Fingerprint:
    """The fingerprint of a note; of a note too short to compare it is not ``comparable``."""
    hashes = {_hash(" ".join(run)) for run in found}
    if not hashes:
        return Fingerprint((), 0)
    smallest = tuple(min((a * each + b) % _PRIME & _MOST for each in hashes) for a, b in _permutations())
    return Fingerprint(smallest, len(hashes))


def estimate(one: Fingerprint, other: Fingerprint) -> float:
    """The share of common runs of words of all runs of both (Jaccard), estimated; 0 where one cannot be compared."""
    if not (one.comparable and other.comparable):
        return 0.0
    return sum(a == b for a, b in zip(one.smallest, other.smallest, strict=True)) / PERMUTATIONS


def at_most(one: Fingerprint, other: Fingerprint) -> float:
    """The most percent of the runs of ``one`` that stand in ``other``, by their numbers: one note in some ten thousands
    holds more."""
    if not (one.comparable and other.comparable):
        return 0.0
    alike = _upper_end(estimate(one, other))
    common = alike * (one.shingles + other.shingles) / (1 + alike)
    return 100 * min(common, one.shingles, other.shingles) / one.shingles


def _upper_end(share: float) -> float:
    """Of the interval that Wilson (1927) gives for a share of ``PERMUTATIONS`` that were looked at."""
    beyond = ERRORS**2 / PERMUTATIONS
    spread = ERRORS * sqrt(share * (1 - share) / PERMUTATIONS + beyond / PERMUTATIONS / 4)
    return (share + beyond / 2 + spread) / (1 + beyond)


def bands(given: Fingerprint) -> tuple[int, ...]:
    """32 keys for a table, each below 2**63; none where the note cannot be compared."""
    if not given.comparable:
        return ()
    return tuple(
        _hash(f"{band}:{given.smallest[band * _ROWS : (band + 1) * _ROWS]}") >> 1 for band in range(BANDS)
    )  # fmt: skip


def similarity(new: Runs, earlier: Runs) -> int | None:
    """Percent of the new note's own runs of words that stand in the earlier one; None where it has too few."""
    return 100 * len(new & earlier) // len(new) if len(new) >= LEAST_SHINGLES else None


def common_passages(one: NoteText, other: NoteText) -> tuple[tuple[Span, Span], ...]:
    """Passages that stand in both, in the order of ``one``: where in each."""
    a, b = Note(one), Note(other)
    words_a, words_b = _words(a)[:MOST_WORDS], _words(b)[:MOST_WORDS]
    matcher = SequenceMatcher(None, [word for word, _, _ in words_a], [word for word, _, _ in words_b], autojunk=False)
    return tuple(
        (
            a.span(words_a[block.a][1], words_a[block.a + block.size - 1][2]),
            b.span(words_b[block.b][1], words_b[block.b + block.size - 1][2]),
        )
        for block in matcher.get_matching_blocks()
        if block.size >= PASSAGE_WORDS
    )


def _words(note: Note) -> list[Word]:
    """What was written about the session: sentences without formulas, words without numbers."""
    found: list[Word] = []
    for sentence in note.sentences:
        if sentence.section in ("header", "logistics", "diagnosis") and _is_form(note.words(sentence)):
            continue
        for clause, at in _clauses(note.words(sentence)):
            if not _FORMULA.search(clause):
                found += [
                    (word, sentence.start + at + start, sentence.start + at + end)
                    for word, start, end in lexicon.tokens(clause)
                    if not _NUMBERED.search(word)
                ]
    return found


def _clauses(words: str) -> Iterable[tuple[str, int]]:
    start = 0
    for found in re.finditer(r"[;,] |$", words):
        yield words[start : found.end()], start
        start = found.end()


def _is_form(words: str) -> bool:
    return bool(_FORM_FIELD.search(words))


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


@lru_cache(maxsize=1)
def _permutations() -> tuple[tuple[int, int], ...]:
    """Fixed for ever: stored fingerprints are compared with new ones."""
    return tuple((_hash(f"a{n}") % (_PRIME - 1) + 1, _hash(f"b{n}") % _PRIME) for n in range(PERMUTATIONS))
