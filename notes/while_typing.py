"""What a note typed so far says already and what it leaves open. Nothing is stored, and nothing of it is logged."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from uuid import UUID

from clawguard.accounts.actors import Actor
from clawguard.domain.notes import ElementResult, NoteReading, NoteText, Verdict
from clawguard.domain.notes.elements import ALL
from notes import policies, selectors
from notes.reader import read_note
from notes.services.asking import known_of

LONGEST = 100_000
MOST_MISSING = 6  # told at once; the rest is counted
BY_RECORD, SIGNATURE = "record", "N31"


@dataclass(frozen=True, slots=True)
class Typed:
    """``found``: names of elements that are there; ``missing``: what to add, in words for the provider.

    ``more`` counts what is missing beyond those. ``unread`` says why nothing is said: the language, or that the text
    calls itself what may not be sent.
    """

    found: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    more: int = 0
    unread: str = ""


def read_so_far(actor: Actor, request_id: UUID, text: str, now: dt.datetime) -> Typed:
    """For each pause in typing. A provider who sends it will sign it by attesting it. Raises NotAllowed, NotFound."""
    policies.require_answering(actor)
    request = selectors.get_request(actor, request_id)
    if not text.strip():
        return Typed()
    ask = replace(known_of(request.session), attested_at=now if actor.is_provider else None)
    reading = read_note(NoteText((text[:LONGEST],)), ask)
    return told(reading)


def told(reading: NoteReading) -> Typed:
    """What is in the words themselves, for whoever is about to send them."""
    if reading.quarantine is not None:
        return Typed(unread=reading.quarantine.provider)
    if reading.language not in ("en", "unknown"):
        return Typed(unread="A person will read this: only English is read here.")
    in_words = [result for result in reading.results if ALL[result.element].text]
    found = tuple(ALL[result.element].name for result in in_words if _says(result))
    open_ones = (Verdict.MISSING, Verdict.CONTRADICTED)
    missing = [result.provider for result in in_words if result.verdict in open_ones and result.provider]
    return Typed(found, tuple(missing[:MOST_MISSING]), max(0, len(missing) - MOST_MISSING))


def _says(result: ElementResult) -> bool:
    """Whether the words do, or sending them will: that the record beside them holds it is not found in them."""
    return result.verdict == Verdict.MET and (result.reason != BY_RECORD or result.element == SIGNATURE)
