"""A note beside the earlier note whose words it repeats, with what stands in both marked on each side.

Both are opened as notes are: with a reason, the reading on record.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from clawguard.accounts.actors import Actor
from clawguard.domain.notes import NoteText, Span
from clawguard.domain.notes.likeness import common_passages
from clawguard.events.errors import NotFound, Refused
from notes import beside, selectors
from notes.models import Note

LAID_BESIDE = "laid beside a note that repeats its words"


@dataclass(frozen=True, slots=True)
class Side:
    note: Note
    pages: tuple[beside.Page, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """``passages``: how many runs of words stand in both; a mark's name is its number."""

    later: Side
    earlier: Side
    passages: int


def open_both(actor: Actor, note_id: UUID, reason: str, now: dt.datetime) -> SideBySide:
    """Raises NotFound where no earlier note is repeated, Refused where the earlier one is out of reach or locked away,
    and as ``selectors.read_note``."""
    earlier_id = _copied_from(note_id)
    if not selectors.visible_notes(actor).filter(pk=earlier_id).exists():
        raise Refused("out_of_reach", "The earlier note belongs to another team; ask a lead to compare the two.")
    later = beside.open_words(actor, note_id, reason, now)
    earlier = beside.open_words(actor, earlier_id, reason or LAID_BESIDE, now)
    passages = common_passages(_text(later), _text(earlier))
    sides = (_side(later, [one for one, _ in passages]), _side(earlier, [other for _, other in passages]))
    return SideBySide(*sides, len(passages))


def _copied_from(note_id: UUID) -> UUID:
    reading = beside.newest_reading(note_id)
    found = beside.unsealed(reading).get("copied_from") if reading else None
    if found is None:
        raise NotFound
    return UUID(found)


def _text(opened: beside.OpenedWords) -> NoteText:
    return NoteText(tuple(words.text for words in opened.pages.values()), "typed" if None in opened.pages else "pdf")


def _side(opened: beside.OpenedWords, spans: list[Span]) -> Side:
    marks: dict[int, list[tuple[int, int, str]]] = {}
    for number, span in enumerate(spans, 1):
        marks.setdefault(span.page, []).append((span.start, span.end, str(number)))
    pages = [words.page(marks.get(at, [])) for at, words in enumerate(opened.pages.values())]
    return Side(opened.note, tuple(pages))
