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

from clawguard.accounts.actors import SYSTEM, Actor
from clawguard.events.models import Event
from clawguard.events.services import publish
from notes import files
from notes.models import FileDestruction, FilePage, NotesRequest, StoredFile
from notes.services import two_leads
from notes.services.releasing import locked_file
from notes.services.rows import keep_message

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
    asked = two_leads.ask(FileDestruction, actor, row.quarantine_reason, reason, instead, now, file=row)
    publish("notes.destruction_asked", request, actor, now, {"file": str(row.pk), **two_leads.told_of(asked)})
    return asked


@transaction.atomic
def agree_destruction(actor: Actor, request_id: UUID, file_id: UUID, now: dt.datetime) -> NotesRequest:
    """Another lead agrees: the file is destroyed soon after. Raises NotAllowed, NotFound."""
    request, row = locked_file(actor, request_id, file_id)
    asked = two_leads.agree(FileDestruction, actor, now, file=row)
    publish("notes.destruction_agreed", request, actor, now, {"file": str(row.pk), "locked_for": asked.was_locked_for})
    return request


@transaction.atomic
def destroy_file(event: Event, now: dt.datetime) -> None:
    """Destroy, then say so. Run again after a crash on the way, it goes on where it was; later it changes nothing."""
    row = erase(UUID(event.payload["file"]), now)
    if row is None or row.request is None:
        return
    instead = row.destruction.instead
    publish("notes.file_destroyed", row.request, SYSTEM, now, {"file": str(row.pk), "returned": bool(instead)})
    keep_message(SYSTEM, row.request, words_of_destruction(row), now)
    publish("notes.replied", row.request, SYSTEM, now)


def erase(file_id: UUID, now: dt.datetime) -> StoredFile | None:
    """The file that two leads agreed to destroy, destroyed in this transaction; None where that was done before."""
    rows = StoredFile.objects.select_for_update(of=("self",)).select_related("destruction", "request")
    row = rows.get(pk=file_id, destruction__agreed_at__isnull=False)
    if row.destroyed_at is not None:
        return None
    pages = FilePage.objects.filter(file=row)
    for name in [row.stored_as, *pages.exclude(picture="").values_list("picture", flat=True)]:
        files.destroy(name)
    pages.update(sealed=b"", picture="")
    StoredFile.objects.filter(pk=row.pk).update(destroyed_at=now)
    return row


def words_of_destruction(row: StoredFile) -> str:
    """What its provider is told of it."""
    instead = row.destruction.instead
    return SAID_RETURNED.format(instead) if instead else SAID
