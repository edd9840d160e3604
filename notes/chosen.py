"""What the files chosen for an answer say, before it is sent: read as they arrive, told to whoever answers.

A hint, as while typing: nothing of it is kept but the pages themselves, which lie under seal, and nothing holds up the
answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from clawguard.accounts.actors import Actor
from notes import policies, selectors
from notes.locked import locked_words
from notes.models import NotesRequest, StoredFile
from notes.reader import read_note
from notes.services.asking import known_of
from notes.services.extracting import read_whole
from notes.services.parts import Part, joined, parts_of_files
from notes.while_typing import Typed, told


@dataclass(frozen=True, slots=True)
class Chosen:
    """``waiting``: files that are still being read; ``for_a_person``: files with pages no machine can read; ``locked``:
    what was locked away, with its words; ``said``: what they say together, once all are read."""

    waiting: int = 0
    for_a_person: tuple[str, ...] = ()
    locked: tuple[tuple[str, str], ...] = ()
    said: Typed | None = None

    @property
    def missing(self) -> int:
        return len(self.said.missing) + self.said.more if self.said else 0

    @property
    def is_empty(self) -> bool:
        return not (self.waiting or self.for_a_person or self.locked or self.said)


def read_so_far(actor: Actor, request_id: UUID) -> Chosen:
    """Raises NotAllowed, NotFound."""
    policies.require_answering(actor)
    request = selectors.get_request(actor, request_id)
    return of_files(request, list(selectors.files_of(request)))


def of_files(request: NotesRequest, rows: list[StoredFile]) -> Chosen:
    standing = [row for row in rows if row.quarantined_at is None]
    over = read_whole(standing)
    parts = parts_of_files([row for row in standing if row.pk in over])
    waiting = len(standing) - len(parts)
    has_words = any(page.strip() for part in parts for page in part.text.pages)
    return Chosen(
        waiting=waiting,
        for_a_person=tuple(part.file.display_name for part in parts if part.unread and part.file),
        locked=tuple((row.display_name, locked_words(row)) for row in rows if row.quarantined_at is not None),
        said=_said(request, parts) if has_words and not waiting else None,
    )


def _said(request: NotesRequest, parts: list[Part]) -> Typed:
    """All files as one note, as they will be read when they are sent; first what one of them must not be."""
    ask = known_of(request.session)
    each = [read_note(part.text, ask) for part in parts] if len(parts) > 1 else []
    locked = next((reading for reading in each if reading.quarantine is not None), None)
    return told(locked or read_note(joined(parts), ask))
