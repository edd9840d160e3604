"""Notes that are like earlier ones of the same provider or client, found by the bands of their fingerprints."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, Func, IntegerField, Q, Value

from clawguard.domain.notes import READER_VERSION, NoteText
from clawguard.domain.notes.likeness import Fingerprint, at_most, bands, fingerprint, runs, similarity
from notes.models import Note, NotePrint
from notes.services.parts import joined, parts_of

MOST_LOOKED_AT, MOST_OPENED = 200, 3  # of the notes that share a band: fingerprints compared, words compared


class Shared(Func):
    """How many of the keys of the first array stand in the second."""

    template = "(SELECT count(*) FROM unnest(%(expressions)s))"
    arg_joiner = ") AS own(band) WHERE own.band = ANY("
    output_field = IntegerField()


def keep(note: Note, text: NoteText) -> None:
    """Remember a note's fingerprint; of one too short to be compared nothing is kept."""
    found = fingerprint(runs(text))
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


class Closest(NamedTuple):
    """The earlier note most like a note, and the percent of the note's own words that stand in it."""

    percent: int
    note_id: UUID | None


class Near(NamedTuple):
    """A note worth opening, and how many percent of the other's words may stand in it."""

    at_most: float
    note_id: UUID


def closest(note: Note, text: NoteText) -> Closest | None:
    """None where the note has too few words of its own to tell. Raises SealBroken.

    No note is opened that cannot hold more than one that was opened before it.
    """
    words = runs(text)
    own = fingerprint(words)
    if not own.comparable:
        return None
    best = Closest(0, None)
    for near in nearest(note, own):
        if near.at_most <= best.percent:
            break
        earlier = Note.objects.get(pk=near.note_id)
        best = max(best, Closest(similarity(words, runs(joined(parts_of(earlier)))) or 0, earlier.pk), key=_percent)
    return best


def _percent(one: Closest) -> int:
    return one.percent


def nearest(note: Note, own: Fingerprint) -> list[Near]:
    """Earlier notes of the provider or the client that are worth opening beside a note, the most alike first.

    Of all that share a band those that share most are looked at, so a source is not lost among notes on the same form.
    """
    keys = Value(list(bands(own)), output_field=ArrayField(BigIntegerField()))
    near = NotePrint.objects.filter(bands__overlap=keys).exclude(session=note.session_id)
    beside = Q(provider=note.session.provider_id) | Q(client=note.session.client_id)
    earlier = near.filter(beside, note__received_at__lt=note.received_at)
    ranked = earlier.order_by(Shared(F("bands"), keys).desc(), "-note__received_at", "pk")
    rows = ranked.values_list("pk", "values")[:MOST_LOOKED_AT]
    alike = [Near(at_most(own, _print(values)), note_id) for note_id, values in rows]
    return sorted(alike, key=lambda one: -one.at_most)[:MOST_OPENED]


def _print(values: list[int]) -> Fingerprint:
    return Fingerprint(tuple(values[1:]), values[0])
