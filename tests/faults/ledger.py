"""The judge of the fault runs: what clients were told beside what is stored. It knows SQL and nothing of our code."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

REQUESTS = "SELECT id::text, status, due_at, lapsed_at FROM notes_notesrequest"
NOTES = (
    "SELECT request_id::text, submission::text, received_at, late, digest FROM notes_note WHERE request_id IS NOT NULL"
)
EVENTS = """
SELECT subject_id, name, payload ->> 'to', at, recorded_at FROM events_event
WHERE subject_type = 'notes.notesrequest' AND name IN ('notes.received', 'notes.lapsed') ORDER BY id
"""
# status → how many lapses and how many answers its history may hold; a sweep may overtake an answer that was in time
HISTORIES = {"answered": {(0, 1), (1, 1)}, "lapsed": {(1, 0)}, "answered_late": {(1, 1)}}


class Told(NamedTuple):
    """An answer that a client was told is received."""

    request: str
    submission: str
    late: bool | None = None  # where the client was told
    digest: str | None = None


class Request(NamedTuple):
    id: str
    status: str
    due_at: dt.datetime
    lapsed_at: dt.datetime | None


class Note(NamedTuple):
    request: str
    submission: str
    received_at: dt.datetime
    late: bool
    digest: str


class Event(NamedTuple):
    request: str
    name: str
    to: str | None
    at: dt.datetime
    recorded_at: dt.datetime


@dataclass
class Verdict:
    """Faults by kind, each with the requests concerned; and how late each lapse was noticed, in seconds."""

    faults: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    statuses: Counter[str] = field(default_factory=Counter)
    lateness: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        found = {kind: len(rows) for kind, rows in sorted(self.faults.items())}
        return f"{dict(self.statuses)}, faults {found or 'none'}, lapse noticed {spread(self.lateness)}"


def spread(seconds: Iterable[float]) -> str:
    values = sorted(seconds)
    if not values:
        return "never"
    at = {name: values[min(len(values) - 1, int(len(values) * share))] for name, share in SHARES.items()}
    return ", ".join(f"{name} {value:.2f} s" for name, value in at.items()) + f", max {values[-1]:.2f} s"


SHARES = {"p50": 0.5, "p99": 0.99}


def judge(requests: Sequence[Request], notes: Sequence[Note], events: Sequence[Event], told: Sequence[Told]) -> Verdict:
    """Set everything beside everything. A fault is named after what a person would suffer from it."""
    verdict = Verdict()
    notes_of, events_of = _by_request(notes), _by_request(events)
    for request in requests:
        verdict.statuses[request.status] += 1
        _judge_end(request, events_of[request.id], notes_of[request.id], verdict)
        _judge_lapse(request, events_of[request.id], verdict)
        _judge_receipt(request, notes_of[request.id], verdict)
    _judge_promises(told, {note.submission: note for note in notes}, verdict)
    return verdict


def _by_request(rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.request].append(row)
    return found


def _judge_end(request: Request, events: list[Event], notes: list[Note], verdict: Verdict) -> None:
    """One end, reached once, and told of once."""
    if request.status not in HISTORIES:
        verdict.faults["stuck"].add(request.id)
        return
    lapses = sum(event.name == "notes.lapsed" for event in events)
    answers = sum(event.name == "notes.received" and event.to is not None for event in events)
    if lapses > 1 or answers > 1 or len(notes) > 1:
        verdict.faults["double"].add(request.id)
    elif (lapses, answers) not in HISTORIES[request.status] or len(notes) != answers:
        verdict.faults["history disagrees"].add(request.id)


def _judge_lapse(request: Request, events: list[Event], verdict: Verdict) -> None:
    for event in events:
        if event.name == "notes.lapsed":
            verdict.lateness.append((event.recorded_at - request.due_at).total_seconds())
            if event.recorded_at < request.due_at or event.at < request.due_at:
                verdict.faults["early"].add(request.id)
    if request.lapsed_at is not None and request.lapsed_at < request.due_at:
        verdict.faults["early"].add(request.id)


def _judge_receipt(request: Request, notes: list[Note], verdict: Verdict) -> None:
    """On time is what was received before the due moment, and the state says the same as the note."""
    for note in notes:
        if note.late != (note.received_at >= request.due_at):
            verdict.faults["late is not late"].add(request.id)
    if notes and request.status in HISTORIES and (request.status == "answered_late") != notes[0].late:
        verdict.faults["on time taken for late"].add(request.id)


def _judge_promises(told: Sequence[Told], stored: dict[str, Note], verdict: Verdict) -> None:
    for promise in told:
        note = stored.get(promise.submission)
        if note is None or note.request != promise.request:
            verdict.faults["lost"].add(promise.request)
        elif promise.late is not None and promise.late != note.late:
            verdict.faults["told otherwise"].add(promise.request)
        elif promise.digest is not None and promise.digest != note.digest:
            verdict.faults["other words"].add(promise.request)


def read_told(path: Path) -> list[Told]:
    """The lines a client wrote, one per answer it was told of. A last line cut off by a kill was never told."""
    lines = path.read_text().splitlines(keepends=True) if path.exists() else []
    return [Told(**json.loads(line)) for line in lines if line.endswith("\n")]


def read(rows: Any, told: Sequence[Told]) -> Verdict:
    """Judge a stage. ``rows(statement)`` runs a query there."""
    return judge(
        [Request(*row) for row in rows(REQUESTS)],
        [Note(*row) for row in rows(NOTES)],
        [Event(*row) for row in rows(EVENTS)],
        told,
    )
