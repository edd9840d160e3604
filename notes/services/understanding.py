"""The reading of a note: words of all its parts to the reader, verdicts into the tables, what is PHI under seal."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from clawguard import sealing
from clawguard.accounts.actors import SYSTEM
from clawguard.domain.notes import NoteReading as Reading
from clawguard.domain.notes.values import DEFICIENT
from clawguard.events.services import publish, publish_many
from clawguard.ids import new_id
from notes import quarantine
from notes.models import ElementVerdict, FileReading, Note, NoteReading, StoredFile
from notes.models.note import in_substance
from notes.models.reading import FileOutcome, NoteOutcome
from notes.reader import chosen, read_note
from notes.services import likenesses
from notes.services.asking import ask_of
from notes.services.extracting import EXTRACTOR, read_next_slice
from notes.services.likenesses import Closest
from notes.services.locking_away import (
    ask_again,
    ask_again_unless_asked,
    is_locked_away,
    is_released,
    lock_away_file,
    releases_of,
)
from notes.services.parts import Part, earlier_parts, joined, parts_of
from sessions.models import TherapySession
from sessions.papers import stated_so_far

EARLIER = "earlier"  # pages of notes from before this one


@transaction.atomic
def read_on(note_id: UUID, now: dt.datetime) -> None:
    """One step of reading a note: a slice of a file, or, when all are read, the note itself. Raises ReadLater.

    Run twice for the same step, the second run finds it done. Publishes ``note.reading_continued`` or
    ``note.examined`` with the note as subject.
    """
    note = Note.objects.select_for_update(of=("self",)).get(pk=note_id)
    if _is_read(note) or not note.is_in_substance:
        return
    waiting = _unread_files(note).first()
    if waiting is None:
        _read(note, now)
        return
    read_next_slice(waiting.pk, now)
    publish("note.reading_continued", note, SYSTEM, now, {"note": str(note.pk)})


def _is_read(note: Note) -> bool:
    """By this reader, beside what its session and its client's papers say now and with what was let go on. What is
    locked away stays so, whatever is corrected or stated."""
    rows = NoteReading.objects.filter(note=note, reader=chosen().version, releases=releases_of(note))
    beside = Q(revision=note.session.revision, papers=stated_so_far(note.session.client_id))
    return rows.filter(beside | Q(outcome=NoteOutcome.QUARANTINED)).exists()


@transaction.atomic
def read_again(session_id: UUID, now: dt.datetime) -> None:
    """A session was corrected: its newest note, if it was read before, is read against the new facts."""
    notes = Note.objects.filter(in_substance(), session=session_id).select_for_update(of=("self",))
    note = notes.order_by("-version").first()
    if note is not None and NoteReading.objects.filter(note=note).exists() and not _is_read(note):
        publish("note.reading_continued", note, SYSTEM, now, {"note": str(note.pk)})


@transaction.atomic
def read_beside_papers(fact_id: UUID, now: dt.datetime) -> None:
    """Of each session of the client whom a fact is about: its newest note, if it was read before, is read anew."""
    of_client = TherapySession.objects.filter(client__stated_facts=fact_id)
    notes = Note.objects.filter(in_substance(), session__in=of_client, readings__isnull=False).distinct()
    newest = {note.session_id: note for note in notes.select_related("session").order_by("version")}
    waiting = [note for note in newest.values() if not _is_read(note)]
    publish_many("note.reading_continued", [(note, {"note": str(note.pk)}) for note in waiting], SYSTEM, now)


def _unread_files(note: Note) -> Any:
    """One that was locked away on the way and is released has more to read."""
    read = FileReading.objects.filter(reader=EXTRACTOR).exclude(outcome=FileOutcome.QUARANTINED).values("file")
    files = StoredFile.objects.filter(note_file__note=note, quarantined_at=None).exclude(pk__in=read)
    return files.order_by("note_file__position")


def _read(note: Note, now: dt.datetime) -> None:
    parts = parts_of(note)
    closest = likenesses.closest(note, joined(parts))
    ask = ask_of(note, closest, parts)
    judged = [part for part in parts if not is_released(part.file)]
    locked = [(part, found.reason) for part in judged if (found := read_note(part.text, ask).quarantine)]
    standing = [part for part in parts if all(part is not other for other, _ in locked)]
    earlier = earlier_parts(note)
    reading = read_note(joined([*earlier, *standing]), ask) if _words(standing) else None
    outcome, reason = _outcome(parts, standing, locked, reading)
    known = is_locked_away(note.pk)
    places = [*_places(earlier, EARLIER), *_places(standing)]
    _store(note, outcome, reason, Read(reading, places, _copied_from(reading, closest)), now)
    for part, why in locked:
        if part.file is not None:
            lock_away_file(part.file, quarantine.BY_READER.get(why, why), now)
    if any(part.file is None for part, _ in locked) and not known:
        ask_again(note, quarantine.BY_READER.get(reason, reason), now)
    if not parts:
        ask_again_unless_asked(note, now)
    if reading is not None:
        likenesses.keep(note, joined(standing))
    told = {"note": str(note.pk), "version": note.version, "outcome": str(outcome)}
    publish("note.examined", note, SYSTEM, now, told)


def _places(parts: list[Part], place: str | None = None) -> list[tuple[str | None, int]]:
    """Where each page that was read stands: its file, or None for typed words, and its number from 0; or ``place``."""
    return [
        (place or (str(part.file.pk) if part.file else None), n) for part in parts for n in range(len(part.text.pages))
    ]


def _words(parts: list[Part]) -> bool:
    return any(page.strip() for part in parts for page in part.text.pages)


def _outcome(
    parts: list[Part], standing: list[Part], locked: list[tuple[Part, str]], reading: Reading | None
) -> tuple[NoteOutcome, str]:
    """``quarantined`` where nothing else is left, or what was typed is itself locked away."""
    typed = [reason for part, reason in locked if part.file is None]
    if typed or (locked and not standing):
        return NoteOutcome.QUARANTINED, (typed or [locked[0][1]])[0]
    if not parts:
        return NoteOutcome.QUARANTINED, "files"
    if reading is None:
        return NoteOutcome.PERSON, "no_words"
    if reading.language not in ("en", "unknown"):
        return NoteOutcome.PERSON, "language"
    unread = any(part.unread for part in standing)
    return (NoteOutcome.PERSON, "hard_to_read") if unread else (NoteOutcome.READ, "")


def _copied_from(reading: Reading | None, closest: Closest | None) -> str | None:
    """The earlier note to lay beside this one where its words stand in it; no other note is opened for a comparison."""
    copied = reading is not None and reading.of("N34").verdict in DEFICIENT
    return str(closest.note_id) if copied and closest is not None else None


class Read(NamedTuple):
    """What of a reading goes under seal: results, where each page stands, the earlier note it repeats."""

    reading: Reading | None
    pages: list[tuple[str | None, int]]
    copied_from: str | None

    def as_json(self) -> bytes:
        results = [asdict(result) for result in self.reading.results] if self.reading is not None else []
        return json.dumps({"results": results, "pages": self.pages, "copied_from": self.copied_from}).encode()


def _store(note: Note, outcome: NoteOutcome, reason: str, read: Read, now: dt.datetime) -> None:
    row_id, reading = new_id(), read.reading
    row = NoteReading.objects.create(
        id=row_id,
        note=note,
        reader=chosen().version,
        revision=note.session.revision,
        releases=releases_of(note),
        papers=stated_so_far(note.session.client_id),
        at=now,
        outcome=outcome,
        reason=reason,
        form=reading.form if reading is not None else "",
        language=reading.language if reading is not None else "",
        sealed=sealing.seal(read.as_json(), sealing.binding("note_reading", row_id)),
    )
    if reading is not None and outcome != NoteOutcome.QUARANTINED:
        ElementVerdict.objects.bulk_create(_verdict(row, verdict) for verdict in reading.verdicts())


def _verdict(row: NoteReading, verdict: Any) -> ElementVerdict:
    return ElementVerdict(
        reading=row,
        element=verdict.element,
        verdict=verdict.verdict,
        confidence=verdict.confidence,
        reason=verdict.reason,
        numbers=dict(verdict.numbers),
    )
