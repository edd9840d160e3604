"""A note beside its checklist: each element with both verdicts, and the sentences it rests on marked in the text.

Text and spans are PHI: they come unsealed only from ``open_note``, which records the reading first.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import prefetch_related_objects

from clawguard import sealing
from clawguard.accounts.actors import Actor
from clawguard.domain.notes.elements import ALL
from notes import readings, selectors
from notes.models import ElementJudgement, Note, NoteReading, StoredFile

OWN_TEXT = "N34"
ORDER = ("contradicted", "missing", "unreadable", "unsure", "met")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; ``elements`` are those that rest on it."""

    text: str
    elements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """``file`` and ``shown`` for a page of a file: with its ticket the picture of it can be seen."""

    title: str
    pieces: tuple[Piece, ...]
    file: UUID | None = None
    shown: readings.Shown | None = None


@dataclass(slots=True)
class Row:
    """One element: what the machine said, and what people said since, the latest last."""

    element: str
    name: str
    machine: str = ""
    confidence: str = ""
    sentence: str = ""
    marked: bool = False
    compares: bool = False  # the earlier note whose words it repeats can be laid beside it
    people: list[Any] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether a person has to look: the machine found it wanting, or could not read it."""
        return self.machine in ("contradicted", "missing", "unreadable") or (self.machine == "unsure" and self.marked)


@dataclass(frozen=True, slots=True)
class Opened:
    note: Note
    files: tuple[readings.FileShown, ...]
    pages: tuple[Page, ...]
    rows: tuple[Row, ...]
    explanation: str
    read_by_machine: bool

    @property
    def open_rows(self) -> list[Row]:
        return [row for row in self.rows if row.is_open]

    @property
    def settled_rows(self) -> list[Row]:
        return [row for row in self.rows if not row.is_open]


def open_note(actor: Actor, note_id: UUID, reason: str, now: dt.datetime) -> Opened:
    """The note and its files with their marks, once each reading is on record. Raises as ``selectors.read_note``."""
    opened = open_words(actor, note_id, reason, now)
    reading = newest_reading(note_id)
    content = unsealed(reading) if reading else {"results": [], "pages": []}
    marks = _marks(content["results"])
    read = [(file_id, number + 1) if file_id else None for file_id, number in content["pages"]]
    marked = {source: marks.get(at, []) for at, source in enumerate(read)}
    pages = tuple(words.page(marked.get(key, [])) for key, words in opened.pages.items())
    rows = _rows(opened.note, content["results"], bool(content.get("copied_from")))
    return Opened(opened.note, opened.files, pages, rows, opened.explanation, reading is not None)


def newest_reading(note_id: UUID) -> NoteReading | None:
    return NoteReading.objects.filter(note=note_id).order_by("-at", "-pk").first()


def unsealed(reading: NoteReading) -> dict[str, Any]:
    """``results``, ``pages`` and, of newer readings, ``copied_from``. Raises SealBroken."""
    content: dict[str, Any] = json.loads(
        sealing.unseal(bytes(reading.sealed), sealing.binding("note_reading", reading.pk))
    )
    return content


Key = tuple[str, int] | None  # a page of a file, by its id and number from 1; None for what was typed


class Words(NamedTuple):
    """The words of one page: of what was typed, or of a file."""

    text: str
    file: StoredFile | None = None
    shown: readings.Shown | None = None

    def page(self, marks: Iterable[tuple[int, int, str]]) -> Page:
        if self.file is None or self.shown is None:
            return Page("", pieces(self.text, marks))
        title = f"{self.file.display_name}, page {self.shown.number}"
        return Page(title, pieces(self.text, marks), self.file.pk, self.shown)


class OpenedWords(NamedTuple):
    note: Note
    explanation: str
    files: tuple[readings.FileShown, ...]
    pages: dict[Key, Words]


def open_words(actor: Actor, note_id: UUID, reason: str, now: dt.datetime) -> OpenedWords:
    """The words of a note and its files, once each reading is on record. Raises as ``selectors.read_note``."""
    found = selectors.read_note(actor, note_id, door="page", reason=reason, now=now)
    prefetch_related_objects([found.note], "note_files__file")
    files = readings.with_states([found.note])[0].files
    typed: dict[Key, Words] = {None: Words(found.text)} if found.text else {}
    return OpenedWords(found.note, found.explanation, files, typed | _file_pages(actor, files, reason, now))


def _file_pages(actor: Actor, files: Iterable[readings.FileShown], reason: str, now: dt.datetime) -> dict[Key, Words]:
    """Each page of the files that may be opened."""
    found: dict[Key, Words] = {}
    for file in files:
        if file.state.opens and file.state.pages:
            _, pages = readings.open_pages(actor, file.row.pk, door="page", reason=reason, now=now)
            found |= {(str(file.row.pk), page.number): Words(page.text, file.row, page) for page in pages}
    return found


def _marks(results: Iterable[Mapping[str, Any]]) -> dict[int, list[tuple[int, int, str]]]:
    found: dict[int, list[tuple[int, int, str]]] = {}
    for result in results:
        for span in result["spans"]:
            found.setdefault(span["page"], []).append((span["start"], span["end"], result["element"]))
    return found


def pieces(text: str, marks: Iterable[tuple[int, int, str]]) -> tuple[Piece, ...]:
    """``text`` cut where marks begin and end, so that overlapping ones each keep their extent."""
    known = [(max(0, start), min(end, len(text)), element) for start, end, element in marks]
    known = [mark for mark in known if mark[0] < mark[1]]
    cuts = sorted({0, len(text), *(start for start, _, _ in known), *(end for _, end, _ in known)})
    made = []
    for start, end in pairwise(cuts):
        inside = {element for first, last, element in known if first <= start and end <= last}
        made.append(Piece(text[start:end], tuple(sorted(inside))))
    return tuple(made)


def _rows(note: Note, results: Iterable[Mapping[str, Any]], is_copy: bool) -> tuple[Row, ...]:
    """What is open comes first; what does not apply is left out unless a person has judged it."""
    rows = {
        result["element"]: Row(
            result["element"],
            ALL[result["element"]].name,
            result["verdict"],
            result["confidence"],
            result["staff"],
            bool(result["spans"]),
            is_copy and result["element"] == OWN_TEXT,
        )
        for result in results
        if result["verdict"] != "not_applicable" and result["element"] in ALL
    }
    for judgement in ElementJudgement.objects.filter(note=note, element__in=ALL):
        row = rows.setdefault(judgement.element, Row(judgement.element, ALL[judgement.element].name))
        row.people.append(judgement)
    rank = {verdict: number for number, verdict in enumerate(ORDER)}
    return tuple(sorted(rows.values(), key=lambda row: (rank.get(row.machine, len(ORDER)), row.element)))
