"""Before the answer is sent: what is typed is saved as it is typed, files are stored as they are chosen."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from clawguard import sealing
from clawguard.accounts.actors import Actor, NotAllowed, speaking_for
from clawguard.domain.lifecycles import RequestState
from clawguard.events.errors import NotFound, Refused
from clawguard.events.services import publish
from clawguard.ids import new_id
from notes import files, policies, process_notes, quarantine, selectors
from notes.models import Draft, FilePage, NotesRequest, StoredFile
from notes.scanner import Scanned
from notes.services import scanning
from notes.services.rows import locked as locked_request
from sessions.models import TherapySession

LONGEST_TEXT = 100_000
MOST_FILES = 20
UNDER_REVIEW = (
    "We have begun to look at your answer, so nothing can be added to it any more. Ask a question on the page of the "
    "request if something is missing; what is not enough is asked for again."
)
CLOSED = {
    RequestState.ACCEPTED: "Your answer was accepted; nothing more is needed for it.",
    RequestState.RETURNED: "Your answer was looked at. What is still needed is asked for in a new request.",
    RequestState.WITHDRAWN: "This request was withdrawn; you need not send anything for it.",
}


def clean_text(text: str, pointer: str) -> str:
    """Typed text as it will be kept. Raises Refused when it is too long or holds what is no text."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Refused("text_invalid", "Some characters cannot be read. Type them again.", pointer) from None
    kept = text.replace("\0", "").replace("\r\n", "\n").strip()
    if len(kept) > LONGEST_TEXT:
        raise Refused("too_long", f"At most {LONGEST_TEXT:,} characters fit here; send a file instead.", pointer)
    return kept


def answerable(actor: Actor, request_id: UUID) -> NotesRequest:
    """The provider's own request, locked, if it still takes an answer. Raises NotAllowed, NotFound, Refused."""
    policies.require_answering(actor)
    request = locked_request(actor, request_id)
    require_answerable(actor, request)
    return request


def require_answerable(actor: Actor, request: NotesRequest) -> None:
    """Raises Refused with what happened meanwhile and what to do."""
    if not policies.may_answer(actor, request, selectors.is_reviewed(request)):
        raise Refused("answer_closed", CLOSED.get(RequestState(request.status), UNDER_REVIEW))


@transaction.atomic
def save_draft(
    actor: Actor, request_id: UUID, text: str, explanation: str, form: UUID, version: int, now: dt.datetime
) -> Draft:
    """Keep what was typed so far. ``form`` is the open page, ``version`` the draft it began with.

    A page that does not know of a later draft from elsewhere is refused, lest it overwrite it unseen.
    """
    request = answerable(actor, request_id)
    content = {"text": clean_text(text, "/text"), "explanation": clean_text(explanation, "/explanation")}
    draft = Draft.objects.filter(request=request).first()
    if draft is not None and draft.form != form and draft.version != version:
        raise Refused("draft_changed", "This draft was changed in another window. Reload the page to see it.")
    number = (draft.version if draft else 0) + 1
    sealed = sealing.seal(json.dumps(content).encode(), sealing.binding("draft", request.pk, number))
    given = {"sealed": sealed, "version": number, "form": form, "saved_at": now}
    return Draft.objects.update_or_create(request=request, defaults=given)[0]


class Looked(NamedTuple):
    """A file that passed, with what the virus scanner said of it."""

    received: files.Received
    scanned: Scanned | None


def look_at(name: str, pieces: Iterable[bytes]) -> Looked:
    """Check a file before anything is locked: it takes seconds, and nobody is to wait for it. Raises Refused."""
    received = files.receive(name, pieces)
    return Looked(received, scanning.scanned(received.content))


def add_file(
    actor: Actor,
    request_id: UUID,
    name: str,
    pieces: Iterable[bytes],
    now: dt.datetime,
    begun_at: dt.datetime | None = None,
) -> StoredFile:
    """Look at a chosen file and store it durably; see ``keep_file``. Raises NotAllowed, NotFound, WrongState, Refused.

    ``begun_at`` is when its first byte arrived, ``now`` when the last one had.
    """
    return keep_file(actor, request_id, look_for_request(actor, request_id, name, pieces), now, begun_at)


def look_for_request(actor: Actor, request_id: UUID, name: str, pieces: Iterable[bytes]) -> Looked:
    """The first half: whether the actor may answer, and ``look_at``. Writes nothing."""
    policies.require_answering(actor)
    if not selectors.visible_requests(actor).filter(pk=request_id).exists():
        raise NotFound
    return look_at(name, pieces)


def look_for_session(actor: Actor, session_id: UUID, name: str, pieces: Iterable[bytes]) -> Looked:
    """``look_at`` a file for a note of an own session. Raises NotAllowed, NotFound, Refused."""
    policies.require_provider(actor)
    if not TherapySession.objects.filter(policies.readable(actor), pk=session_id).exists():
        raise NotFound
    return look_at(name, pieces)


def keep_of_session(actor: Actor, session_id: UUID, looked: Looked, now: dt.datetime) -> StoredFile:
    """Store a file that goes with a note nobody asked for. Runs in the transaction of that note; what is locked away
    comes back with ``quarantined_at``, as from ``keep_file``."""
    received, scanned = looked
    row = _keep(actor, session_id, None, received, now, _why_locked(received, scanned))
    scanning.record(row, scanned, now)
    return row


@transaction.atomic
def keep_file(
    actor: Actor, request_id: UUID, looked: Looked, now: dt.datetime, begun_at: dt.datetime | None = None
) -> StoredFile:
    """Store a file that was looked at. The same bytes a second time are the file that is there already.

    A file that calls itself psychotherapy notes, or that the virus scanner objects to, is locked away unread: the row
    comes back with ``quarantined_at``.
    """
    received, scanned = looked
    request = answerable(actor, request_id)
    standing = StoredFile.objects.filter(request=request, removed_at=None)
    twin = standing.filter(sha256=received.sha256, note_file=None).first()
    if twin is not None:
        return twin
    if standing.count() >= MOST_FILES:
        raise Refused("too_many_files", f"At most {MOST_FILES} files fit one answer; join pages into one PDF.", "/file")
    signed = speaking_for(actor, request.provider)
    row = _keep(signed, request.session_id, request, received, now, _why_locked(received, scanned), begun_at)
    scanning.record(row, scanned, now)
    return row


def why_locked(looked: Looked) -> str:
    """What to say where a file would be locked away unread; empty where it would be kept."""
    reason = _why_locked(*looked)
    return quarantine.words(reason).provider if reason else ""


def _why_locked(received: files.Received, scanned: Scanned | None) -> str:
    if scanned is not None and scanned.verdict in scanning.LOCKS:
        return scanning.LOCKS[scanned.verdict]
    return quarantine.PROCESS_NOTES if process_notes.names_itself_process_notes(received.opening) else ""


def keep_apart(actor: Actor, looked: Looked, now: dt.datetime) -> StoredFile:
    """Store a file that was looked at and belongs to no session: whoever asked for it says who may see it. Runs in
    their transaction. What is locked away comes back with ``quarantined_at``, as from ``keep_file``."""
    received, scanned = looked
    row = _keep(actor, None, None, received, now, _why_locked(received, scanned))
    scanning.record(row, scanned, now)
    return row


def lock_away(actor: Actor, session_id: UUID, request: NotesRequest | None, text: str, now: dt.datetime) -> StoredFile:
    """Keep typed text that calls itself psychotherapy notes where nobody opens it, and forget the draft of it."""
    received = files.receive("typed.txt", [text.encode()])
    Draft.objects.filter(request=request).delete()
    return _keep(actor, session_id, request, received, now, quarantine.PROCESS_NOTES)


def _keep(
    actor: Actor,
    session_id: UUID | None,
    request: NotesRequest | None,
    received: files.Received,
    now: dt.datetime,
    locked: str,
    begun_at: dt.datetime | None = None,
) -> StoredFile:
    file_id = new_id()
    row = StoredFile.objects.create(
        id=file_id,
        session_id=session_id,
        request=request,
        stored_as=files.store(file_id, received.content),
        display_name=received.display_name,
        content_type=received.content_type,
        size=len(received.content),
        sha256=received.sha256,
        begun_at=begun_at,
        uploaded_at=now,
        uploaded_by_id=_sender(actor),
        uploaded_by_name=actor.name,
        quarantined_at=now if locked else None,
        quarantine_reason=locked,
    )
    told = {"session": str(session_id or ""), "type": row.content_type, "size": row.size}
    why = {"reason": locked} if locked else {}
    publish("notes.file_quarantined" if locked else "notes.file_stored", row, actor, now, told | why)
    return row


def _sender(actor: Actor) -> UUID:
    """Whoever sends it: a person, or the key of a program."""
    if actor.id is None:
        raise NotAllowed
    return actor.id


@transaction.atomic
def remove_file(actor: Actor, file_id: UUID, now: dt.datetime) -> None:
    """Take a file out of an answer that is not sent yet. Its bytes stay sealed; nobody sees it again."""
    policies.require_answering(actor)
    row = StoredFile.objects.filter(pk=file_id, request__isnull=False, removed_at=None).first()
    if row is None or row.request_id is None:
        raise NotFound
    request = answerable(actor, row.request_id)
    if hasattr(row, "note_file"):
        raise Refused("file_sent", "This file is part of an answer that was sent; it stays with it.")
    StoredFile.objects.filter(pk=row.pk, removed_at=None).update(removed_at=now)
    publish("notes.file_removed", row, speaking_for(actor, request.provider), now, {"request": str(row.request_id)})


def remove_orphans(now: dt.datetime) -> int:
    """Delete stored bytes that never got a row (an upload cut off) and are older than a week. Returns how many."""
    stored = set(StoredFile.objects.values_list("stored_as", flat=True))
    pictures = set(FilePage.objects.exclude(picture="").values_list("picture", flat=True))
    return files.remove_orphans(stored | pictures, now)
