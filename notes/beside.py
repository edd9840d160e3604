"""A note beside its checklist: each element with both verdicts, and the sentences it rests on marked in the text.

Text and spans are PHI: they come unsealed only from ``open_note``, which records the reading first.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from uuid import UUID

from clawguard import sealing
from clawguard.accounts.actors import Actor
from clawguard.domain.notes.elements import ALL
from notes import selectors
from notes.models import ElementJudgement, FilePage, Note, NoteReading

ORDER = ("contradicted", "missing", "unreadable", "unsure", "met")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; ``elements`` are those that rest on it."""

    text: str
    elements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    title: str
    pieces: tuple[Piece, ...]


@dataclass(slots=True)
class Row:
    """One element: what the machine said, and what people said since, the latest last."""

    element: str
    name: str
    machine: str = ""
    confidence: str = ""
    sentence: str = ""
    marked: bool = False
    people: list[Any] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether a person has to look: the machine found it wanting, or could not read it."""
        return self.machine in ("contradicted", "missing", "unreadable") or (self.machine == "unsure" and self.marked)


@dataclass(frozen=True, slots=True)
class Opened:
    note: Note
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
    """The note with its marks, once the reading is on record. Raises as ``selectors.read_note``."""
    found = selectors.read_note(actor, note_id, door="page", reason=reason, now=now)
    note = found.note
    reading = NoteReading.objects.filter(note=note).order_by("-at", "-pk").first()
    results, sources = _unsealed(reading) if reading else ([], [])
    texts = _texts(note, found.text, sources)
    marks = _marks(results)
    pages = tuple(
        Page(title, pieces(text, marks.get(number, ()))) for number, (title, text) in enumerate(texts) if text
    )
    return Opened(note, pages, _rows(note, results), found.explanation, reading is not None)


def _unsealed(reading: NoteReading) -> tuple[list[dict[str, Any]], list[Any]]:
    content = json.loads(sealing.unseal(bytes(reading.sealed), sealing.binding("note_reading", reading.pk)))
    return content["results"], content["pages"]


def _texts(note: Note, typed: str, sources: Sequence[Any]) -> list[tuple[str, str]]:
    """Title and text of each page, in the order in which the machine read them; without a reading what was typed."""
    files = {str(linked.file_id): linked.file for linked in note.note_files.select_related("file")}
    read = {(str(page.file_id), page.number): page for page in FilePage.objects.filter(file__in=list(files))}
    if not sources:
        return [("", typed)]
    found = []
    for file_id, number in sources:
        page = read.get((file_id, number + 1)) if file_id else None
        title = f"{files[file_id].display_name}, page {number + 1}" if file_id in files else ""
        found.append((title, _of_page(page) if file_id else typed))
    return found


def _of_page(page: FilePage | None) -> str:
    return sealing.unseal(bytes(page.sealed), sealing.binding("file_page", page.pk)).decode() if page else ""


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


def _rows(note: Note, results: Iterable[Mapping[str, Any]]) -> tuple[Row, ...]:
    """What is open comes first; what does not apply is left out unless a person has judged it."""
    rows = {
        result["element"]: Row(
            result["element"],
            ALL[result["element"]].name,
            result["verdict"],
            result["confidence"],
            result["staff"],
            bool(result["spans"]),
        )
        for result in results
        if result["verdict"] != "not_applicable" and result["element"] in ALL
    }
    for judgement in ElementJudgement.objects.filter(note=note, element__in=ALL):
        row = rows.setdefault(judgement.element, Row(judgement.element, ALL[judgement.element].name))
        row.people.append(judgement)
    rank = {verdict: number for number, verdict in enumerate(ORDER)}
    return tuple(sorted(rows.values(), key=lambda row: (rank.get(row.machine, len(ORDER)), row.element)))
