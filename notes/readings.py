"""What was read of files and notes, for those who may see the note: states in words, and pages without active parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.signing import BadSignature, TimestampSigner
from django.db.models import Max, QuerySet

from clawguard import sealing
from clawguard.accounts.actors import Actor
from clawguard.events.errors import NotFound
from notes import files, quarantine, scanner, selectors
from notes.extraction.refusing import SENTENCES, sentence
from notes.locked import TEXT_DESTROYED, locked_words
from notes.models import (
    FilePage,
    FileReading,
    FileScan,
    Note,
    NoteReading,
    StoredFile,
)
from notes.models.reading import FileOutcome, NoteOutcome, PageSource, ScanVerdict

TICKET_LIVES = dt.timedelta(minutes=10)
WHY_A_PERSON = {
    "no_recognition": "text recognition is not installed here",
    "hard_to_read": "some of its pages hold no text that can be recognized",
    "stopped_time": "it took too long to read by machine",
    "stopped_died": "it is too complex to be read by machine",
    "stopped_size": "it is too large to be read by machine",
}
WHY_A_NOTE = {
    "no_words": "A person reads this note: it holds no words that can be read by machine.",
    "language": "A person reads this note: it is not written in English.",
    "hard_to_read": "A person reads part of this note: some pages cannot be read by machine.",
}


@dataclass(frozen=True, slots=True)
class FileState:
    """``words`` tell of scanning and reading; ``pages`` can be seen as pictures or text; ``opens``: not locked away."""

    words: str
    pages: int = 0
    opens: bool = True


@dataclass(frozen=True, slots=True)
class FileShown:
    row: StoredFile
    state: FileState


@dataclass(frozen=True, slots=True)
class NoteShown:
    """``words`` tell of its reading; empty where there is nothing to tell."""

    row: Note
    words: str
    files: tuple[FileShown, ...]


def with_states(notes: Iterable[Note]) -> list[NoteShown]:
    """The notes with what is known of each and of its files. Set-wise."""
    found = list(notes)
    states = states_of(linked.file for note in found for linked in note.note_files.all())
    reasons = _note_words([note.pk for note in found])
    return [NoteShown(note, _words_of(note, reasons), _files_of(note, states)) for note in found]


def _words_of(note: Note, reasons: Mapping[UUID, str]) -> str:
    return f"{TEXT_DESTROYED}." if note.destroyed_at is not None else reasons.get(note.pk, "")


def _files_of(note: Note, states: Mapping[UUID, FileState]) -> tuple[FileShown, ...]:
    return tuple(FileShown(linked.file, states[linked.file_id]) for linked in note.note_files.all())


def _note_words(note_ids: list[UUID]) -> dict[UUID, str]:
    words = {}
    for reading in NoteReading.objects.filter(note__in=note_ids).order_by("at"):  # the newest is told
        if reading.outcome == NoteOutcome.QUARANTINED:
            why = quarantine.BY_READER.get(reading.reason, reading.reason)
            words[reading.note_id] = (
                "Its words are locked away." if why == "files" else f"{quarantine.words(why).short}."
            )
        else:
            words[reading.note_id] = WHY_A_NOTE.get(reading.reason, "")
    return words


def states_of(rows: Iterable[StoredFile]) -> dict[UUID, FileState]:
    """Two questions to the database, however many files."""
    given = list(rows)
    ids = [row.pk for row in given]
    scans = {scan.file_id: scan.verdict for scan in FileScan.objects.filter(file__in=ids).order_by("at")}
    read = {reading.file_id: reading for reading in FileReading.objects.filter(file__in=ids).order_by("at")}
    return {row.pk: _state(row, scans.get(row.pk), read.get(row.pk)) for row in given}


def _state(row: StoredFile, scan: str | None, reading: FileReading | None) -> FileState:
    if row.quarantined_at is not None:
        return FileState(locked_words(row), opens=False)
    if scan is None and scanner.is_configured():
        return FileState("Waits for the virus scanner; nobody opens it before", opens=False)
    scanned = ScanVerdict(scan).label if scan else "Not scanned: this network has no virus scanner"
    if reading is None:
        return FileState(f"{scanned} · Being read")
    pages = f"{reading.pages} page{'' if reading.pages == 1 else 's'}"
    if reading.outcome == FileOutcome.READ:
        return FileState(f"{scanned} · Read, {pages}", reading.pages)
    return FileState(f"{scanned} · A person reads this file: {_why(reading.reason)}", reading.pages)


def _why(reason: str) -> str:
    if reason in SENTENCES:
        return sentence(reason).partition(".")[0].lower()
    return WHY_A_PERSON.get(reason, "it cannot be read by machine")


@dataclass(frozen=True, slots=True)
class Shown:
    """One page of a file. ``ticket`` opens its picture for this reader for ten minutes; empty where it has none."""

    number: int
    text: str
    source: str
    legibility: int | None  # percent
    ticket: str


def open_pages(
    actor: Actor, file_id: UUID, *, door: str, reason: str, now: dt.datetime
) -> tuple[StoredFile, list[Shown]]:
    """A file's pages as they were read, once the reading is on record. Raises as ``selectors.open_file``."""
    row = selectors.open_file(actor, file_id, door=door, reason=reason, now=now)
    return row, shown_pages(actor, file_id)


def shown_pages(actor: Actor, file_id: UUID) -> list[Shown]:
    """The pages themselves; who may see the file, and that it is on record, was seen to before."""
    return [_shown(actor, page) for page in _pages(file_id)]


def _pages(file_id: UUID) -> QuerySet[FilePage]:
    """Of the newest reader that read it."""
    rows = FilePage.objects.filter(file=file_id)
    newest = rows.aggregate(newest=Max("reader"))["newest"]
    return rows.filter(reader=newest).order_by("number")


def _shown(actor: Actor, page: FilePage) -> Shown:
    text = sealing.unseal(bytes(page.sealed), sealing.binding("file_page", page.pk)).decode()
    legibility = None if page.legibility is None else round(page.legibility * 100)
    ticket = _signer().sign(_bound(actor, page.file_id)) if page.picture else ""
    return Shown(page.number, text, PageSource(page.source).label, legibility, ticket)


def picture(actor: Actor, file_id: UUID, number: int, ticket: str) -> bytes:
    """The picture of a page as a JPEG, for whoever opened the file a moment ago. Raises NotFound."""
    require_ticket(actor, file_id, ticket)
    selectors.visible_file(actor, file_id)
    return picture_of(file_id, number)


def require_ticket(actor: Actor, file_id: UUID, ticket: str) -> None:
    """Raises NotFound unless this reader opened this file in the last ten minutes."""
    try:
        bound = _signer().unsign(ticket, max_age=TICKET_LIVES)
    except BadSignature:
        raise NotFound from None
    if bound != _bound(actor, file_id):
        raise NotFound


def picture_of(file_id: UUID, number: int) -> bytes:
    """Raises NotFound for a page without a picture; who may see the file was asked before."""
    page = _pages(file_id).filter(number=number).exclude(picture="").first()
    if page is None:
        raise NotFound
    return files.read(page.pk, page.picture)


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="notes.file_page")


def _bound(actor: Actor, file_id: UUID) -> str:
    return f"{actor.kind}.{actor.id}.{file_id}"
