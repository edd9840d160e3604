"""How long it takes to find the earlier note that is most like a given one, whatever the number of notes beside it."""

from __future__ import annotations

import datetime as dt
import io
import json
import random
from collections.abc import Iterator
from uuid import UUID

from django.db import connection

from clawguard import sealing
from clawguard.bench import note_corpus, rows
from clawguard.bench.figures import Figure, timed
from clawguard.domain.notes import READER_VERSION, NoteText
from clawguard.domain.notes.likeness import Fingerprint, bands, fingerprint, runs
from clawguard.domain.notes.note import Note as Prepared
from clawguard.ids import new_id
from notes.models import Note
from notes.services.likenesses import closest, nearest
from notes.services.parts import joined, parts_of
from sessions.models import TherapySession

ASKED, ROUNDS = 50, 5
OF_ONE_PROVIDER, OF_ONE_NOTE = 80, 12  # passages: what a provider is wont to write, and a note
WORDS = 5  # of a passage: less makes no run of words
NOTES = """COPY notes_note (id, session_id, version, kind, sealed, digest, characters, received_at, late, attested_at,
    attested_by_id, attested_by_name, submission) FROM STDIN"""
PRINTS = "COPY notes_noteprint (note_id, session_id, provider_id, client_id, reader, values, bands) FROM STDIN"
Passage = tuple[str, Fingerprint]


def measure(size: int) -> list[Figure]:
    """``size`` notes of fifty providers. Half of those asked about repeat an earlier note of theirs, word by word."""
    asked = _write(size)
    taken: list[float] = []
    searched: list[float] = []
    notes = [(note, joined(parts_of(note))) for note in Note.objects.select_related("session").filter(pk__in=asked)]
    prints = [(note, fingerprint(runs(text))) for note, text in notes]
    for note, own in prints:
        nearest(note, own)  # pages of the index that nobody has touched yet come from disk once
    for _ in range(ROUNDS):
        seconds, found = timed(lambda: [closest(note, text) for note, text in notes])
        if any(asked[note.pk] and one != (100, asked[note.pk]) for (note, _), one in zip(notes, found, strict=True)):
            raise RuntimeError("the note that was copied was not found")
        taken.append(seconds / len(notes) * 1000)
        seconds, _found = timed(lambda: [nearest(note, own) for note, own in prints])
        searched.append(seconds / len(prints) * 1000)
    copies = sum(source is not None for source in asked.values())
    beside = f"{copies} of {len(asked)} are copies"
    return [
        Figure(f"earlier note most like one, among {size:,}", "ms", tuple(taken), note=f"{beside}; words compared"),
        Figure("  of that the search for those worth opening", "ms", tuple(searched), note=beside),
    ]


def _write(size: int) -> dict[UUID, UUID | None]:
    """Writes notes with words under seal and prints. Of the newest ``ASKED`` ones: the note each repeats, or None."""
    chance = random.Random(size)
    passages = _passages()
    with connection.cursor() as cursor:
        rows.sessions(cursor, size, "S-clone-")
        sessions = TherapySession.objects.filter(external_id__startswith="S-clone-").order_by("arrival")
        given = list(sessions.values_list("pk", "provider_id", "client_id"))
        habits = {each: chance.choices(passages, k=OF_ONE_PROVIDER) for each in dict.fromkeys(row[1] for row in given)}
        notes, prints, asked = io.StringIO(), io.StringIO(), dict[UUID, UUID | None]()
        first: dict[UUID, tuple[UUID, list[Passage]]] = {}
        for number, (session, provider, client) in enumerate(given):
            note, words = new_id(), chance.sample(habits[provider], OF_ONE_NOTE)
            source, said = first.setdefault(provider, (note, words))
            own = fingerprint(runs(NoteText((_text(words),)))) if source == note else _joined(words)
            if number >= size - ASKED:
                copied = number % 2 == 0 and source != note
                asked[note], words = (source, said) if copied else (None, words)
            notes.write(_note(note, session, provider, words, number - size))
            prints.write(_print(note, session, provider, client, own))
        for table, statement, lines in (("notes_note", NOTES, notes), ("notes_noteprint", PRINTS, prints)):
            lines.seek(0)
            with rows.without_ballast(cursor, table):
                cursor.copy_expert(statement, lines)
        cursor.execute("VACUUM ANALYZE notes_noteprint")
    return asked


def _passages() -> list[Passage]:
    """Sentences of the corpus, each with its own fingerprint."""
    texts = [note.text for part in (*note_corpus.PARTS, *note_corpus.HANDS) for note in note_corpus.notes(part)]
    told = {text for given in texts for text in _sentences(given) if len(text.split()) >= WORDS}
    found = [(text, fingerprint(runs(NoteText((text,))))) for text in sorted(told)]
    return [passage for passage in found if passage[1].shingles]


def _sentences(given: NoteText) -> Iterator[str]:
    prepared = Prepared(given)
    for sentence in prepared.sentences:
        yield " ".join(prepared.text[sentence.start : sentence.end].split())


def _text(words: list[Passage]) -> str:
    return "\n".join(passage for passage, _ in words)


def _joined(words: list[Passage]) -> Fingerprint:
    """The least of the passages' numbers: the runs of words within each, without those from one into the next. A true
    fingerprint takes ten times as long; those that were copied have one."""
    smallest = tuple(map(min, zip(*(found.smallest for _, found in words), strict=True)))
    return Fingerprint(smallest, sum(found.shingles for _, found in words))


def _note(note: UUID, session: UUID, provider: UUID, words: list[Passage], seconds: int) -> str:
    text = _text(words)
    plain = json.dumps({"text": text, "explanation": ""}).encode()
    sealed = "\\\\x" + sealing.seal(plain, sealing.binding("note", note, 1)).hex()
    at = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds)
    cells = [note, session, 1, "typed", sealed, "", len(text), at, "f", at, provider, "Bulk", new_id()]
    return "\t".join(map(str, cells)) + "\n"


def _print(note: UUID, session: UUID, provider: UUID, client: UUID, own: Fingerprint) -> str:
    cells = [note, session, provider, client, READER_VERSION, _array([own.shingles, *own.smallest]), _array(bands(own))]
    return "\t".join(map(str, cells)) + "\n"


def _array(numbers: list[int] | tuple[int, ...]) -> str:
    return "{" + ",".join(map(str, numbers)) + "}"
