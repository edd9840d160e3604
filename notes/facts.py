"""What other apps may know of notes and requests without reading a note."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any
from uuid import UUID

from clawguard.domain.case_facts import NoteRequestFacts
from clawguard.domain.case_facts_json import plain
from clawguard.domain.facts import ElementVerdict, NoteFacts
from clawguard.domain.lifecycles import RequestState
from notes.extraction.kinds import SHORT
from notes.models import Note, NoteKind, NoteReading, NotesRequest
from notes.models.note import NOTES_IN_SUBSTANCE
from notes.models.reading import NoteOutcome


def note_facts(session_ids: Iterable[UUID]) -> dict[UUID, NoteFacts]:
    """The newest documentation of each session; a session without any is not in the answer. Set-wise."""
    notes = Note.objects.filter(session__in=list(session_ids), kind__in=NOTES_IN_SUBSTANCE)
    newest = {note.session_id: note for note in notes.prefetch_related("note_files__file").order_by("version")}
    readings = _readings([note.pk for note in newest.values()])
    return {session_id: _facts(note, readings.get(note.pk)) for session_id, note in newest.items()}


def _readings(note_ids: list[UUID]) -> dict[UUID, NoteReading]:
    """The newest reading of each note."""
    rows = NoteReading.objects.filter(note__in=note_ids).prefetch_related("verdicts").order_by("at")
    return {row.note_id: row for row in rows}


def _facts(note: Note, reading: NoteReading | None) -> NoteFacts:
    kind = "typed"
    if note.kind == NoteKind.FILES:
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
    return {row.session_id: _clock(row) for row in rows.order_by("opened_at", "pk")}


def note_request_facts(session_id: UUID) -> dict[str, object]:
    """``note_request`` of an attribution's facts, instants as RFC 3339 text; empty without a request."""
    found = request_clocks([session_id]).get(session_id)
    if found is None:
        return {}
    known = {part.name: getattr(found, part.name) for part in fields(found)}
    return {name: plain(value) for name, value in known.items() if value is not None}


def _clock(row: NotesRequest) -> NoteRequestFacts:
    return NoteRequestFacts(
        delivered_at=row.delivered_at,
        due_at=row.in_time_until,
        responded_at=row.answered_at,
        notes_received_at=row.notes_received_at,
        bounced=row.status == RequestState.UNDELIVERABLE or row.came_back,
        paused=row.paused_at is not None or None,
    )
