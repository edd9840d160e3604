"""What other apps may know of notes and requests without reading a note."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery

from clawguard.domain.case_facts import NoteRequestFacts
from clawguard.domain.case_facts_json import plain
from clawguard.domain.facts import ElementVerdict, NoteFacts
from clawguard.domain.lifecycles import ItemState, RequestState
from notes.extraction.kinds import SHORT
from notes.items import NOTES
from notes.models import Note, NoteFile, NoteKind, NoteReading, NotesRequest, RequestItem
from notes.models.note import TYPED_KINDS, in_substance
from notes.models.reading import NoteOutcome, locked_away


def note_facts(session_ids: Iterable[UUID]) -> dict[UUID, NoteFacts]:
    """The newest documentation of each session; a session without any is not in the answer. Set-wise."""
    notes = Note.objects.filter(in_substance(), session__in=list(session_ids))
    newest = {note.session_id: note for note in notes.prefetch_related("note_files__file").order_by("version")}
    readings = _readings([note.pk for note in newest.values()])
    return {session_id: _facts(note, readings.get(note.pk)) for session_id, note in newest.items()}


def _readings(note_ids: list[UUID]) -> dict[UUID, NoteReading]:
    """The newest reading of each note."""
    rows = NoteReading.objects.filter(note__in=note_ids).prefetch_related("verdicts").order_by("at")
    return {row.note_id: row for row in rows}


def _facts(note: Note, reading: NoteReading | None) -> NoteFacts:
    kind = "typed"
    if note.kind not in TYPED_KINDS:
        kind = SHORT[note.note_files.all()[0].file.content_type]
    if reading is None:
        return NoteFacts(on_file=True, received_at=note.received_at, kind=kind)
    if reading.outcome == NoteOutcome.QUARANTINED:
        return NoteFacts(on_file=False, received_at=note.received_at, kind=kind, quarantined=reading.reason)
    verdicts = tuple(sorted((_verdict(row) for row in reading.verdicts.all()), key=lambda verdict: verdict.element))
    return NoteFacts(on_file=True, received_at=note.received_at, kind=kind, verdicts=verdicts)


def _verdict(row: Any) -> ElementVerdict:
    numbers = tuple((name, row.numbers[name]) for name in sorted(row.numbers))
    return ElementVerdict(row.element, row.verdict, row.confidence, row.reason, numbers)


def request_clocks(session_ids: Iterable[UUID]) -> dict[UUID, NoteRequestFacts]:
    """The clock of each session's newest request that was not withdrawn. Set-wise."""
    rows = NotesRequest.objects.filter(session__in=list(session_ids)).exclude(status=RequestState.WITHDRAWN)
    known = rows.annotate(notes_owed=_notes_owed(), on_file_at=_on_file_at())
    return {row.session_id: _clock(row) for row in known.order_by("opened_at", "pk")}


def _notes_owed() -> Q:
    """Whether an answer in words leaves something open: see ``NoteRequestFacts``."""
    asked = RequestItem.objects.filter(request=OuterRef("pk"), kind__in=NOTES).exclude(status=ItemState.ACCEPTED)
    not_theirs = Note.objects.filter(request=OuterRef("pk"), kind=NoteKind.NOT_MY_SESSION)
    return Exists(asked) & ~Exists(not_theirs)


def _on_file_at() -> Subquery:
    """When the first note of the session arrived that anybody may open."""
    opens = NoteFile.objects.filter(note=OuterRef("pk"), file__quarantined_at=None)
    notes = Note.objects.filter(in_substance(), session=OuterRef("session"))
    there = notes.filter(~Q(kind=NoteKind.FILES) | Exists(opens)).exclude(pk__in=locked_away().values("note"))
    return Subquery(there.order_by("received_at").values("received_at")[:1])


def note_request_facts(session_id: UUID) -> dict[str, object]:
    """``note_request`` of an attribution's facts, instants as RFC 3339 text; empty without a request."""
    found = request_clocks([session_id]).get(session_id)
    if found is None:
        return {}
    known = {part.name: getattr(found, part.name) for part in fields(found)}
    return {name: plain(value) for name, value in known.items() if value is not None}


def _clock(row: Any) -> NoteRequestFacts:
    return NoteRequestFacts(
        delivered_at=row.delivered_at,
        due_at=row.in_time_until,
        responded_at=row.answered_at,
        notes_received_at=row.notes_received_at,
        bounced=row.status == RequestState.UNDELIVERABLE or row.came_back,
        notes_owed=row.notes_owed,
        on_file_at=row.on_file_at,
        paused=row.paused_at is not None or None,
    )
