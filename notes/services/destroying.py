"""Destroying a locked-away file unread, or giving it back: two leads, a reason, and nobody opens it (promise 12).

Once two agreed, a task destroys: the wrapped data keys are overwritten, so that no copy of a note key opens anything,
then the sealed bytes, the words of its pages and their pictures are gone. Only then does the row say so, and the
provider is told. Its name, size and digest are kept. There is no way back, so none is offered; until the second lead
agrees, all stands as it was. *Giving back* is the same with a word on what to send instead: what came in is not sent
out again.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import SYSTEM, Actor, NotAllowed
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import Event
from clawguard.events.services import publish
from notes import files, policies
from notes.models import FileDestruction, FilePage, NotesRequest, StoredFile
from notes.services.releasing import locked_file
from notes.services.rows import LONGEST_REASON, keep_message, person, stated

SAID = (
    "A file that was locked away has been destroyed: two of us looked at why it was locked, without opening it. "
    "What was in it is gone here; its name, its size and its fingerprint are kept."
)
SAID_RETURNED = f"{SAID} Please send instead: {{}}"


@transaction.atomic
def ask_destruction(
    actor: Actor, request_id: UUID, file_id: UUID, reason: str, instead: str, now: dt.datetime
) -> FileDestruction:
    """A lead says why a file should be destroyed, and what the provider is to send ``instead``, if anything; another
    has to agree. Raises NotAllowed, NotFound, Refused."""
    request, row = locked_file(actor, request_id, file_id)
    why = stated(reason, "/reason")
    if FileDestruction.objects.filter(file=row).exists():
        raise Refused("asked_before", "Its destruction was asked for already; another lead has to agree.")
    asked = FileDestruction.objects.create(
        file=row,
        was_locked_for=row.quarantine_reason,
        reason=why,
        instead=stated(instead, "/instead", LONGEST_REASON) if instead.strip() else "",
        asked_at=now,
        asked_by_id=person(actor),
        asked_by_name=actor.name,
    )
    told = {"file": str(row.pk), "locked_for": row.quarantine_reason, "returned": bool(asked.instead)}
    publish("notes.destruction_asked", request, actor, now, told)
    return asked


@transaction.atomic
def agree_destruction(actor: Actor, request_id: UUID, file_id: UUID, now: dt.datetime) -> NotesRequest:
    """Another lead agrees: the file is destroyed soon after. Raises NotAllowed, NotFound."""
    request, row = locked_file(actor, request_id, file_id)
    asked = FileDestruction.objects.select_for_update().filter(file=row, agreed_at=None).first()
    if asked is None:
        raise NotFound
    if not policies.may_agree(actor, asked):
        raise NotAllowed
    FileDestruction.objects.filter(pk=asked.pk, agreed_at=None).update(
        agreed_at=now, agreed_by_id=person(actor), agreed_by_name=actor.name
    )
    publish("notes.destruction_agreed", request, actor, now, {"file": str(row.pk), "locked_for": asked.was_locked_for})
    return request


@transaction.atomic
def destroy_file(event: Event, now: dt.datetime) -> None:
    """Destroy, then say so. Run again after a crash on the way, it goes on where it was; later it changes nothing."""
    rows = StoredFile.objects.select_for_update(of=("self",)).select_related("destruction", "request")
    row = rows.get(pk=event.payload["file"], destruction__agreed_at__isnull=False)
    if row.destroyed_at is not None or row.request is None:
        return
    pages = FilePage.objects.filter(file=row)
    for name in [row.stored_as, *pages.exclude(picture="").values_list("picture", flat=True)]:
        files.destroy(name)
    pages.update(sealed=b"", picture="")
    StoredFile.objects.filter(pk=row.pk).update(destroyed_at=now)
    instead = row.destruction.instead
    publish("notes.file_destroyed", row.request, SYSTEM, now, {"file": str(row.pk), "returned": bool(instead)})
    keep_message(SYSTEM, row.request, SAID_RETURNED.format(instead) if instead else SAID, now)
    publish("notes.replied", row.request, SYSTEM, now)
