"""Notes that are like earlier ones of the same provider or client, found by the bands of their fingerprints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Q

from clawguard.domain.notes import READER_VERSION, NoteText
from clawguard.domain.notes.likeness import Fingerprint, bands, estimate, fingerprint, similarity
from notes.models import Note, NotePrint
from notes.services.parts import joined, parts_of

LIKE = 0.35  # estimated share of common runs of words from which two notes are worth showing side by side
MOST = 20
MOST_LOOKED_AT, MOST_OPENED = 200, 3  # of the notes that share a band: fingerprints compared, words compared
# Which notes share at least one band with each of the notes asked about, within the provider or the client.
SHARING = """
SELECT a.note_id, b.note_id, b.values
FROM notes_noteprint a JOIN notes_noteprint b
  ON b.bands && a.bands AND b.session_id <> a.session_id
 AND (b.provider_id = a.provider_id OR b.client_id = a.client_id)
WHERE a.note_id = ANY(%s::uuid[])
"""


@dataclass(frozen=True, slots=True)
class Like:
    """An other note and the estimated share of common runs of words, 0 to 1."""

    note_id: UUID
    share: float


def keep(note: Note, text: NoteText) -> None:
    """Remember a note's fingerprint; of one too short to be compared nothing is kept."""
    found = fingerprint(text)
    if not found.comparable:
        return
    values = [found.shingles, *found.smallest]
    given = {
        "session_id": note.session_id,
        "provider_id": note.session.provider_id,
        "client_id": note.session.client_id,
        "reader": READER_VERSION,
        "values": values,
        "bands": list(bands(found)),
    }
    NotePrint.objects.get_or_create(note=note, defaults=given)


def like(note_ids: Iterable[UUID]) -> dict[UUID, list[Like]]:
    """Of each note the ones like it, the most alike first. One statement, however many are asked about."""
    ids = list(note_ids)
    own = {row.note_id: _print(row.values) for row in NotePrint.objects.filter(note__in=ids)}
    with connection.cursor() as cursor:
        cursor.execute(SHARING, ["{" + ",".join(map(str, ids)) + "}"])
        rows = cursor.fetchall()
    found: dict[UUID, list[Like]] = {note_id: [] for note_id in ids}
    for note_id, other, values in rows:
        share = estimate(own[note_id], _print(values))
        if share >= LIKE:
            found[note_id].append(Like(other, share))
    return {key: sorted(likes, key=lambda each: -each.share)[:MOST] for key, likes in found.items()}


class Closest(NamedTuple):
    """The earlier note most like a note, and the percent of the note's own words that stand in it."""

    percent: int
    note_id: UUID | None


def closest(note: Note, text: NoteText) -> Closest | None:
    """None where the note has too few words of its own to tell."""
    own = fingerprint(text)
    if not own.comparable:
        return None
    near = NotePrint.objects.filter(bands__overlap=list(bands(own))).exclude(session=note.session_id)
    beside = Q(provider=note.session.provider_id) | Q(client=note.session.client_id)
    rows = near.filter(beside, note__received_at__lt=note.received_at).select_related("note")[:MOST_LOOKED_AT]
    ranked = sorted(rows, key=lambda row: -estimate(own, _print(row.values)))[:MOST_OPENED]
    found = [Closest(similarity(text, joined(parts_of(row.note))) or 0, row.note_id) for row in ranked]
    return max(found, key=lambda one: one.percent, default=Closest(0, None))


def _print(values: list[int]) -> Fingerprint:
    return Fingerprint(tuple(values[1:]), values[0])
