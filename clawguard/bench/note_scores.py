"""Precision and recall of the note reader over the corpus, by element and over all.

A *gap* is an element labelled missing or contradicted. Precision: of the gaps the reader names, how many are labelled
so. Recall: of the labelled gaps, how many it names. The same is counted for *met*: what it says is there. Unsure and
unreadable name nothing; where a label says so, a definite verdict counts as wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from clawguard.bench.note_corpus import Labelled, expected
from clawguard.domain.notes import read_note

GAPS = frozenset({"missing", "contradicted"})
MET = frozenset({"met"})


@dataclass
class Score:
    """Counts of one element: right, wrongly named, not named."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    unnamed: Counter[str] = field(default_factory=Counter)

    def add(self, label: str, verdict: str) -> None:
        for kind, names in (("gap", GAPS), ("met", MET)):
            labelled, named = label in names, verdict in names
            if named and labelled:
                self.right[kind] += 1
            elif named:
                self.wrong[kind] += 1
            elif labelled:
                self.unnamed[kind] += 1

    def precision(self, *kinds: str) -> float:
        return _share(sum(self.right[kind] for kind in kinds), sum(self.wrong[kind] for kind in kinds))

    def recall(self, *kinds: str) -> float:
        return _share(sum(self.right[kind] for kind in kinds), sum(self.unnamed[kind] for kind in kinds))

    def add_all(self, other: Score) -> None:
        for own, more in ((self.right, other.right), (self.wrong, other.wrong), (self.unnamed, other.unnamed)):
            own.update(more)


@dataclass
class Scores:
    """By element and over all; ``slips`` are ``(note, element, label, verdict)``."""

    elements: dict[str, Score] = field(default_factory=dict)
    whole: Score = field(default_factory=Score)
    slips: list[tuple[str, str, str, str]] = field(default_factory=list)
    locked: list[tuple[str, str | None, str | None]] = field(default_factory=list)  # guards that answered otherwise


def score(notes: Iterable[Labelled], *, named: bool = True) -> Scores:
    """Read every note and compare with its labels. Not ``named``: no accepted file has told the client's name yet."""
    scores = Scores()
    for note in notes:
        reading = read_note(note.text, note.ask if named else replace(note.ask, client_names=()))
        locked = reading.quarantine.reason if reading.quarantine else None
        if locked != note.quarantine:
            scores.locked.append((note.id, note.quarantine, locked))
        for result in reading.results:
            label = expected(note, result.element, result.verdict != "not_applicable")
            if label is None:
                continue
            scores.elements.setdefault(result.element, Score()).add(label, result.verdict)
            scores.whole.add(label, result.verdict)
            if not _agree(label, result.verdict):
                scores.slips.append((note.id, result.element, label, str(result.verdict)))
    return scores


def together(parts: Iterable[Scores]) -> Scores:
    """The scores of several parts of the corpus as one."""
    found = Scores()
    for part in parts:
        found.whole.add_all(part.whole)
        for element, score in part.elements.items():
            found.elements.setdefault(element, Score()).add_all(score)
        found.slips += part.slips
        found.locked += part.locked
    return found


def _agree(label: str, verdict: str) -> bool:
    return label == verdict or (label in GAPS and verdict in GAPS)


def _share(right: int, wrong: int) -> float:
    return right / (right + wrong) if right + wrong else 1.0
