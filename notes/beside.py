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
    found = selectors.read_note(actor, note_id, door="page", reason=reason, now=now)
    note = found.note
    prefetch_related_objects([note], "note_files__file")
    reading = NoteReading.objects.filter(note=note).order_by("-at", "-pk").first()
    results, sources = _unsealed(reading) if reading else ([], [])
    files = readings.with_states([note])[0].files
    scans = _file_pages(actor, files, reason, now)
    marks = _marks(results)
    read = [(file_id, number + 1) if file_id else None for file_id, number in sources]
    marked = {source: marks.get(at, []) for at, source in enumerate(read)}
    typed = (Page("", pieces(found.text, marked.get(None, []))),) if found.text else ()
    pages = tuple(_scan(scan, pieces(scan.shown.text, marked.get(key, []))) for key, scan in scans.items())
    return Opened(note, files, typed + pages, _rows(note, results), found.explanation, reading is not None)


def _unsealed(reading: NoteReading) -> tuple[list[dict[str, Any]], list[Any]]:
    content = json.loads(sealing.unseal(bytes(reading.sealed), sealing.binding("note_reading", reading.pk)))
    return content["results"], content["pages"]


class Scan(NamedTuple):
    file: StoredFile
    shown: readings.Shown


def _file_pages(
    actor: Actor, files: Iterable[readings.FileShown], reason: str, now: dt.datetime
) -> dict[tuple[str, int], Scan]:
    """Each page of the files that may be opened, by file and number from 1."""
    found: dict[tuple[str, int], Scan] = {}
    for file in files:
        if file.state.opens and file.state.pages:
            _, pages = readings.open_pages(actor, file.row.pk, door="page", reason=reason, now=now)
            found |= {(str(file.row.pk), page.number): Scan(file.row, page) for page in pages}
    return found


def _scan(scan: Scan, marked: tuple[Piece, ...]) -> Page:
    return Page(f"{scan.file.display_name}, page {scan.shown.number}", marked, scan.file.pk, scan.shown)


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
