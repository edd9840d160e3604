"""Locking away what was found out after it was sent: nobody opens it, the provider is told, and the request asks again.

That the provider answered stays as it was: the answer came when it came, and no answer time runs out behind it.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Q

from clawguard.accounts.actors import SYSTEM
from clawguard.domain.lifecycles import ItemState, RequestState
from clawguard.events.services import move, move_many, publish
from notes import hooks, quarantine
from notes.items import KINDS
from notes.models import FileRelease, Note, NoteKind, NotesRequest, RequestItem, StoredFile
from notes.models.reading import locked_away
from notes.models.request import ANSWERED, STANDING
from notes.services.opening import Asked, open_request
from notes.services.rows import keep_message

PROGRESS_NOTE = "progress_note"


def lock_away_file(row: StoredFile, reason: str, now: dt.datetime) -> None:
    """Lock a file away in this transaction. Done twice, the second time changes nothing."""
    standing = StoredFile.objects.filter(pk=row.pk, quarantined_at=None)
    if not standing.update(quarantined_at=now, quarantine_reason=reason):
        return
    row.quarantined_at, row.quarantine_reason = now, reason
    told = {"session": str(row.session_id or ""), "type": row.content_type, "size": row.size, "reason": reason}
    publish("notes.file_quarantined", row, SYSTEM, now, told)
    note = Note.objects.filter(note_files__file=row).first()
    if note is not None and not has_readable(note):
        ask_again(note, reason, now)
    for tell in hooks.FILE_LOCKED if note is None else ():
        tell(row, now)


def is_released(row: StoredFile | None) -> bool:
    """Whether two leads let it go on: what its words look like does not lock it a second time."""
    return row is not None and FileRelease.objects.filter(file=row, agreed_at__isnull=False).exists()


def releases_of(note: Note) -> int:
    """How many of its files two leads let go on."""
    return FileRelease.objects.filter(file__note_file__note=note, agreed_at__isnull=False).count()


def has_readable(note: Note) -> bool:
    """Whether the note holds anything that is not locked away: words of its own, or another file."""
    if is_locked_away(note.pk):
        return False
    return note.kind != NoteKind.FILES or note.note_files.filter(file__quarantined_at=None).exists()


def ask_again(note: Note, reason: str, now: dt.datetime) -> None:
    """Tell the provider at once: by a new request with a clock of its own, or under the one that waits already."""
    words = quarantine.words(reason).provider
    waiting = NotesRequest.objects.filter(session_id=note.session_id, status__in=STANDING).first()
    if waiting is not None:
        keep_message(SYSTEM, waiting, words, now)
        publish("notes.replied", waiting, SYSTEM, now)
        return
    answered = NotesRequest.objects.filter(notes=note, status__in=ANSWERED).first()
    asked = _returned(answered, words, now) if answered is not None else []
    open_request(SYSTEM, note.session_id, asked or [Asked(PROGRESS_NOTE, words)], words, now, follows=answered)


def ask_again_unless_asked(note: Note, now: dt.datetime) -> None:
    """For an answer whose last file was locked away in the very moment it was sent: nobody was told of it yet."""
    asked = Q(status__in=STANDING) | Q(follows=note.request_id, follows__isnull=False)
    locked = StoredFile.objects.filter(note_file__note=note, quarantined_at__isnull=False).first()
    if locked is not None and not NotesRequest.objects.filter(asked, session_id=note.session_id).exists():
        ask_again(note, locked.quarantine_reason, now)


def _returned(request: NotesRequest, words: str, now: dt.datetime) -> list[Asked]:
    """What was received with it goes back, with the reason; what staff accepted meanwhile stays accepted."""
    items = list(RequestItem.objects.filter(request=request, status=ItemState.RECEIVED))
    RequestItem.objects.filter(pk__in=[item.pk for item in items]).update(reason=words[:300])
    move_many(items, ItemState.RETURNED, SYSTEM, now, payload={"request": str(request.pk)})
    move(request, RequestState.RETURNED, SYSTEM, now, updated_at=now)
    return [Asked(item.kind if item.kind in KINDS else PROGRESS_NOTE, words, item.label) for item in items]


def is_locked_away(note_id: UUID) -> bool:
    """Whether the words of a note are locked away."""
    return locked_away().filter(note=note_id).exists()
