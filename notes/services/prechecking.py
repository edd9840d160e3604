"""Is my note enough? The reader over a text or a file that is kept nowhere: nothing is stored, nothing is logged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from clawguard.accounts.actors import STAFF_ROLES, Actor
from clawguard.accounts.models import Role
from clawguard.domain.facts import SessionFacts
from clawguard.domain.notes import NoteAsk, NoteReading, NoteText
from clawguard.domain.submission import parse
from clawguard.events.errors import NotFound, Refused
from notes import files, policies, quarantine, sandbox, scanner
from notes.extraction.kinds import SHORT
from notes.extraction.page import split
from notes.extraction.refusing import Unreadable, sentence
from notes.reader import read_note
from notes.services import scanning
from notes.services.drafting import clean_text
from sessions import facts
from sessions.models import TherapySession
from sessions.selectors import visible_sessions
from sessions.services import tables
from sessions.services.intake import unreadable

MOST_SECONDS = 8.0
RECENT = 60


@dataclass(frozen=True, slots=True)
class Checked:
    """The reading, and how many pages only a person could read."""

    reading: NoteReading
    unread_pages: int = 0


def own_sessions(actor: Actor) -> list[TherapySession]:
    """A provider's own newest sessions, to choose one from."""
    return list(visible_sessions(actor).order_by("-date_of_service", "-pk")[:RECENT])


def session_to_check(
    actor: Actor, session: Mapping[str, Any] | None, session_id: UUID | None, now: dt.datetime
) -> SessionFacts:
    """The facts of a stored session within reach, or of one described in the interface's shape.

    Raises NotAllowed, NotFound, Refused (neither or both given), and Problem 400 with every bad field.
    """
    actor.require(roles=STAFF_ROLES | {Role.PROVIDER}, scope=policies.WRITE)
    if (session is None) == (session_id is None):
        raise Refused("one_session", "Give either a session or the id of one.", "/session")
    if session_id is not None:
        reach = policies.readable(actor) if actor.is_provider else policies.workable(actor)
        if not TherapySession.objects.filter(reach, pk=session_id).exists():
            raise NotFound
        return facts.session_facts([session_id])[session_id]
    read, errors = parse(session, now=now, at="/session")
    if read is None:
        raise unreadable(errors)
    return read.facts


def check_text(session: SessionFacts, text: str) -> Checked:
    """Read a text as the note of this session. Raises Refused when it is empty or too long."""
    words = clean_text(text, "/text")
    if not words:
        raise Refused("required", "Paste the note, or choose its file.", "/text")
    return Checked(read_note(NoteText(tuple(split(words)), "typed"), _ask(session)))


def check_file(session: SessionFacts, name: str, content: bytes) -> Checked:
    """Read a file as the note of this session, in the sandbox. Raises Refused as an upload does."""
    received = files.receive(name, [content])
    scanned = scanning.scanned(content) if scanner.is_configured() else None
    if scanned is not None and scanned.verdict in scanning.LOCKS:
        words = quarantine.words(scanning.LOCKS[scanned.verdict])
        raise Refused(words.code, words.provider, "/file")
    try:
        found = sandbox.read(content, received.content_type, 0, MOST_SECONDS)
    except Unreadable as refused:
        raise Refused(refused.code, sentence(refused.code), "/file") from None
    except sandbox.Stopped:
        message = "This file cannot be read by machine just now. Paste the words of the note instead."
        raise Refused("file_not_read", message, "/file") from None
    pages = found["pages"]
    text = NoteText(
        tuple(page["text"] for page in pages) or ("",),
        SHORT[received.content_type],
        tuple(page["legibility"] for page in pages),
    )
    unread = sum(page["source"] == "none" for page in pages) + found["total"] - len(pages)
    return Checked(read_note(text, _ask(session)), unread)


def _ask(session: SessionFacts) -> NoteAsk:
    in_force = tables.current()
    return NoteAsk(session=session, policy=in_force.policies.of(session), procedures=in_force.procedures)
