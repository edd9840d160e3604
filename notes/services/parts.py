"""The words of a note, part by part: what was typed, then its files; without what is locked away."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from clawguard import sealing
from clawguard.domain.notes import NoteText
from notes.extraction.kinds import SHORT
from notes.models import FilePage, Note, StoredFile
from notes.models.note import in_substance
from notes.models.reading import PageSource
from notes.services.extracting import EXTRACTOR
from notes.services.locking_away import is_locked_away


@dataclass(frozen=True, slots=True)
class Part:
    """The words of one file, or those typed (``file`` is None). ``unread``: some page of it is for a person."""

    file: StoredFile | None
    text: NoteText
    unread: bool = False


def parts_of(note: Note) -> list[Part]:
    """Raises SealBroken."""
    typed = words_of(note)["text"]
    parts = [Part(None, NoteText((typed,), "typed"))] if typed else []
    rows = StoredFile.objects.filter(note_file__note=note, quarantined_at=None).order_by("note_file__position")
    return parts + parts_of_files(list(rows))


def parts_of_files(rows: Sequence[StoredFile]) -> list[Part]:
    """Of each file the pages that were read so far. Set-wise. Raises SealBroken."""
    pages: dict[UUID, list[FilePage]] = {row.pk: [] for row in rows}
    for page in FilePage.objects.filter(file__in=list(pages), reader=EXTRACTOR).order_by("number"):
        pages[page.file_id].append(page)
    return [_of_file(row, pages[row.pk]) for row in rows]


def _of_file(row: StoredFile, pages: list[FilePage]) -> Part:
    texts, legibility = tuple(text_of(page) for page in pages), tuple(page.legibility for page in pages)
    unread = not pages or any(page.source == PageSource.NONE for page in pages)
    return Part(row, NoteText(texts, SHORT[row.content_type], legibility), unread)


def earlier_notes(note: Note) -> list[Note]:
    """What is on file of the session from before: a later note adds to it."""
    before = Note.objects.filter(in_substance(), session=note.session_id, version__lt=note.version)
    return [row for row in before if not is_locked_away(row.pk)]


def earlier_parts(note: Note) -> list[Part]:
    return [part for row in earlier_notes(note) for part in parts_of(row)]


def joined(parts: Sequence[Part]) -> NoteText:
    """All pages in order, as one text."""
    pages = tuple(page for part in parts for page in part.text.pages)
    legibility = tuple(value for part in parts for value in (part.text.legibility or (None,) * len(part.text.pages)))
    return NoteText(pages or ("",), parts[0].text.kind if parts else "typed", legibility)


def text_of(page: FilePage) -> str:
    """The words of a page. Raises SealBroken."""
    return sealing.unseal(bytes(page.sealed), sealing.binding("file_page", page.pk)).decode()


def words_of(note: Note) -> dict[str, str]:
    """What was typed: ``text`` and ``explanation``; nothing once it was destroyed. Raises SealBroken."""
    if note.destroyed_at is not None:
        return {"text": "", "explanation": ""}
    sealed = sealing.unseal(bytes(note.sealed), sealing.binding("note", note.pk, note.version))
    found: dict[str, str] = json.loads(sealed)
    return found
