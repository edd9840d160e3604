"""Letting a locked-away file go on as received: two leads, a reason, and nobody opens it on the way (promise 12).

What locked it is judged by what people know without reading it: the provider says that a heading misleads, the tables
of a scanner were renewed. What the virus scanner objected to is scanned again and goes on only when nothing is found.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import Actor, NotAllowed
from clawguard.domain.lifecycles import ItemState, RequestState
from clawguard.events.errors import NotFound, Refused
from clawguard.events.services import move, move_many, publish
from clawguard.events.words import stated
from notes import clock, files, policies, quarantine
from notes.models import FileRelease, NotesRequest, RequestItem, StoredFile
from notes.models.reading import ScanVerdict
from notes.models.request import STANDING
from notes.services import scanning
from notes.services.opening import withdraw
from notes.services.rows import keep_message, locked

SAID = (
    "A file that was locked away has been released: two of us looked at why it was locked, without opening it. "
    "It counts as received when it arrived."
)
SAID_UNSENT = (
    "A file that was locked away has been released: two of us looked at why it was locked, without opening it. "
    "It stands with your answer again; you can send it."
)
NOTHING_NEEDED = "The file you sent before has been released. You need not send it again."
SCANNED = frozenset({quarantine.INFECTED, quarantine.UNSCANNABLE})


@transaction.atomic
def ask_release(actor: Actor, request_id: UUID, file_id: UUID, reason: str, now: dt.datetime) -> FileRelease:
    """A lead says why a file should go on; another has to agree. Raises NotAllowed, NotFound, Refused."""
    request, row = locked_file(actor, request_id, file_id)
    why = stated(reason, "/reason")
    if FileRelease.objects.filter(file=row).exists():
        raise Refused("asked_before", "Its release was asked for already; another lead has to agree.")
    asked = FileRelease.objects.create(
        file=row,
        was_locked_for=row.quarantine_reason,
        reason=why,
        asked_at=now,
        asked_by_id=actor.person(),
        asked_by_name=actor.name,
    )
    publish("notes.release_asked", request, actor, now, {"file": str(row.pk), "locked_for": row.quarantine_reason})
    return asked


@transaction.atomic
def agree_release(actor: Actor, request_id: UUID, file_id: UUID, now: dt.datetime) -> NotesRequest:
    """Another lead agrees: the file is as if it had never been locked. Raises NotAllowed, NotFound, Refused."""
    request, row = locked_file(actor, request_id, file_id)
    asked = FileRelease.objects.select_for_update().filter(file=row, agreed_at=None).first()
    if asked is None:
        raise NotFound
    if not policies.may_agree(actor, asked):
        raise NotAllowed
    if row.quarantine_reason in SCANNED:
        _require_clean(row, now)
    FileRelease.objects.filter(pk=asked.pk, agreed_at=None).update(
        agreed_at=now, agreed_by_id=actor.person(), agreed_by_name=actor.name
    )
    StoredFile.objects.filter(pk=row.pk).update(quarantined_at=None, quarantine_reason="")
    publish("notes.file_released", request, actor, now, {"file": str(row.pk), "locked_for": asked.was_locked_for})
    _go_on(actor, request, row, now)
    return request


def locked_file(actor: Actor, request_id: UUID, file_id: UUID) -> tuple[NotesRequest, StoredFile]:
    """For a lead: the request, and the file of it that is locked away and not to be destroyed, both under lock. Raises
    NotAllowed, NotFound."""
    policies.require_lead(actor)
    request = locked(actor, request_id)
    rows = StoredFile.objects.select_for_update(of=("self",)).filter(request=request, removed_at=None)
    row = rows.exclude(quarantined_at=None).exclude(destruction__agreed_at__isnull=False).filter(pk=file_id).first()
    if row is None:
        raise NotFound
    return request, row


def _require_clean(row: StoredFile, now: dt.datetime) -> None:
    found = scanning.scanned(files.read(row.pk, row.stored_as))
    if found is None:
        raise Refused("scan_waiting", "The virus scanner does not answer now; it has to look at this file once more.")
    if found.verdict != ScanVerdict.CLEAN:
        raise Refused("file_infected", "The virus scanner still objects to this file. It stays locked away.")
    scanning.record(row, found, now)


def _go_on(actor: Actor, request: NotesRequest, row: StoredFile, now: dt.datetime) -> None:
    """Tell the provider; where the file was part of an answer, it is read by machine like any other, and nothing is
    asked for again because of it."""
    sent = hasattr(row, "note_file")
    if sent:
        note = row.note_file.note
        publish("note.reading_continued", note, actor, now, {"note": str(note.pk)})
        asked_again = NotesRequest.objects.filter(follows=request, status__in=STANDING).first()
        if asked_again is not None:
            withdraw(actor, asked_again.pk, NOTHING_NEEDED, now)
            back = list(RequestItem.objects.filter(request=request, status=ItemState.RETURNED))
            move_many(back, ItemState.RECEIVED, actor, now, payload={"request": str(request.pk)})
            late = request.lapsed_at is not None and request.answered_late
            waits = RequestState.ANSWERED_LATE if late else RequestState.ANSWERED
            move(request, waits, actor, now, review_day=clock.review_day(request, now), updated_at=now)
    keep_message(actor, request, SAID if sent else SAID_UNSENT, now)
    publish("notes.replied", request, actor, now)
