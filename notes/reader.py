"""Who reads the words of notes: our own reader, on this machine, or another beside it where a setting names one.

Whatever is set, our own reads first. Its guards decide what is locked away, and what a record tells (whose note it is,
plan, consent, copies) stays its word; another gives verdicts only on what stands in a note's words. If it fails, our
own reading stands, so none is ever needed.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from clawguard.domain.notes import READER_VERSION, ElementResult, NoteAsk, NoteReading, NoteText, Verdict
from clawguard.domain.notes import read_note as read_on_this_machine
from clawguard.domain.notes.elements import ALL

log = logging.getLogger(__name__)
IDENTITY = frozenset({"N01", "N02", "N03", "N04", "N05"})


class NoteReader(Protocol):
    """A reader of notes. ``version``, at most 20 characters, changes when it may read the same note otherwise."""

    version: str

    def read(self, text: NoteText, ask: NoteAsk) -> Sequence[ElementResult]:
        """Verdicts on any of the elements ``N01`` to ``N59``. May raise whatever it likes."""
        ...


class OwnReader:
    """Rules and word lists of ``clawguard.domain.notes``."""

    version = READER_VERSION

    def read(self, text: NoteText, ask: NoteAsk) -> Sequence[ElementResult]:
        return read_on_this_machine(text, ask).results


def chosen() -> NoteReader:
    """The reader that ``NOTE_READER`` names. Raises ImportError where there is none of that name."""
    return cast(NoteReader, import_string(settings.NOTE_READER)())


def read_note(text: NoteText, ask: NoteAsk) -> NoteReading:
    """The verdict on each element. Never raises because of another reader."""
    own, reader = read_on_this_machine(text, ask), chosen()
    if isinstance(reader, OwnReader) or stays_here(own, ask):
        return own
    try:
        theirs = {each.element: each for each in reader.read(text, _without_identity(ask)) if _lies_in(text, each)}
    except Exception as failed:  # whatever another program does, the note is read
        log.warning("another reader of notes failed", extra={"reader": reader.version, "error": type(failed).__name__})
        return own
    return replace(own, version=reader.version, results=tuple(_said(each, theirs) for each in own.results))


def stays_here(own: NoteReading, ask: NoteAsk) -> bool:
    """What no other reader is shown: what is locked away or may be, and records of a programme (42 CFR part 2)."""
    may_be_here = all(own.of(element).verdict is Verdict.MET for element in ("N56", "N57"))
    return own.quarantine is not None or not may_be_here or bool(ask.part2)


def _without_identity(ask: NoteAsk) -> NoteAsk:
    session = replace(ask.session, external_id="", client_key="", client_birth_date=None)
    return replace(ask, session=session, client_names=(), addenda=())


def _said(own: ElementResult, theirs: dict[str, ElementResult]) -> ElementResult:
    in_words = ALL[own.element].text and own.element not in IDENTITY and own.verdict is not Verdict.NOT_APPLICABLE
    return theirs.get(own.element, own) if in_words else own


def _lies_in(text: NoteText, result: ElementResult) -> bool:
    """Whether the sentences it rests on stand in the note."""
    pages = text.pages
    return all(
        0 <= span.page < len(pages) and 0 <= span.start <= span.end <= len(pages[span.page]) for span in result.spans
    )
