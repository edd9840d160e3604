"""Files of conversations and disputes: chosen before they are sent, taken out again, sent with what they show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import Actor, NotAllowed
from clawguard.domain.disputes import KINDS
from clawguard.domain.lifecycles import CaseState
from clawguard.events.errors import NotFound, Refused
from clawguard.events.services import publish
from disputes import policies
from disputes.models import Attachment, Case, Dispute, Message
from disputes.selectors.files import chosen_in_case, chosen_in_dispute
from disputes.services.locking import locked_case, locked_dispute
from notes import services as notes
from notes.models import StoredFile
from notes.services import Looked

MOST = 10  # files of one message


def attach_to_case(
    actor: Actor, case_id: UUID, name: str, pieces: Iterable[bytes], now: dt.datetime, *, internal: bool = False
) -> StoredFile:
    """Look at a chosen file and store it for the actor's next message in this case, or for their next internal note.

    Raises NotFound, NotAllowed, Refused. What is locked away unread comes back with ``quarantined_at`` and is not sent.
    """
    looked = look_for_case(actor, case_id, name, pieces, internal=internal)
    return keep_for_case(actor, case_id, looked, now, internal=internal)


def look_for_case(actor: Actor, case_id: UUID, name: str, pieces: Iterable[bytes], *, internal: bool = False) -> Looked:
    """The first half: it takes seconds, and nobody is to wait for it under a lock. Writes nothing."""
    with transaction.atomic():
        _talking(actor, case_id, internal)
    return notes.look_at(name, pieces)


@transaction.atomic
def keep_for_case(
    actor: Actor, case_id: UUID, looked: Looked, now: dt.datetime, *, internal: bool = False
) -> StoredFile:
    """The second half: whether it may be added is asked again. Raises as ``attach_to_case``."""
    case = _talking(actor, case_id, internal)
    standing = chosen_in_case(actor, case, internal)
    theirs = actor.provider_id is not None
    return _chosen(actor, standing, looked, now, case=case, internal=internal, from_provider=theirs)


def attach_to_dispute(
    actor: Actor, dispute_id: UUID, kind: str, name: str, pieces: Iterable[bytes], now: dt.datetime
) -> StoredFile:
    """The same for a dispute. The provider's side says which ``kind`` of evidence it is to show, and a file of that
    kind that was chosen before is taken out; staff and programs name it when they add evidence."""
    return keep_for_dispute(actor, dispute_id, kind, look_for_dispute(actor, dispute_id, kind, name, pieces), now)


def look_for_dispute(actor: Actor, dispute_id: UUID, kind: str, name: str, pieces: Iterable[bytes]) -> Looked:
    """The first half, as ``look_for_case``."""
    with transaction.atomic():
        _open_dispute(actor, dispute_id, kind)
    return notes.look_at(name, pieces)


@transaction.atomic
def keep_for_dispute(actor: Actor, dispute_id: UUID, kind: str, looked: Looked, now: dt.datetime) -> StoredFile:
    """The second half, as ``keep_for_case``."""
    dispute = _open_dispute(actor, dispute_id, kind)
    standing = [row for row in chosen_in_dispute(actor, dispute) if row.kind == kind] if actor.answers else []
    kept = _chosen(actor, standing, looked, now, dispute=dispute, kind=kind, from_provider=actor.answers)
    for before in standing:
        if before.file_id != kept.pk:
            _take_out(before, actor, now)
    return kept


def _talking(actor: Actor, case_id: UUID, internal: bool) -> Case:
    case = locked_case(actor, case_id)
    if not actor.is_provider:
        policies.require_worker(actor, policies.WRITE)
    if internal and not policies.sees_internal(actor):
        raise NotAllowed
    if internal and case.status != CaseState.CLOSED:
        return case
    if case.status not in policies.IN_TALK:
        raise Refused("no_conversation", "There is no open conversation that a file could be sent in.")
    return case


def _open_dispute(actor: Actor, dispute_id: UUID, kind: str) -> Dispute:
    if not actor.answers:
        policies.require_worker(actor, policies.WRITE)
    dispute = locked_dispute(actor, dispute_id)
    if actor.answers and (dispute.status not in policies.TO_ANSWER):
        raise Refused("not_waiting", "This dispute no longer waits for an answer.")
    if dispute.status in policies.DISPUTE_OVER:
        raise Refused("over", "What spoke in a dispute that is over is kept as it is.")
    if (actor.answers or kind) and kind not in KINDS:
        raise Refused("not_a_choice", "Say which kind of evidence the file is to show.", "/kind")
    return dispute


def _chosen(
    actor: Actor, standing: Collection[Attachment], looked: Looked, now: dt.datetime, **about: Any
) -> StoredFile:
    """The same bytes a second time are the file that is there already."""
    twin = next((row.file for row in standing if row.file.sha256 == looked.received.sha256), None)
    if twin is not None:
        return twin
    if len(standing) >= MOST:
        raise Refused("too_many_files", f"At most {MOST} files fit one message; join pages into one PDF.", "/file")
    kept = notes.keep_apart(actor, looked, now)
    Attachment.objects.create(file=kept, chosen_at=now, chosen_by_id=kept.uploaded_by_id, **about)
    return kept


@transaction.atomic
def remove_attachment(actor: Actor, file_id: UUID, now: dt.datetime) -> None:
    """Take a chosen file out again before it is sent. Its bytes stay sealed; nobody sees it again. Raises NotFound."""
    rows = Attachment.objects.select_for_update(of=("self",)).filter(file=file_id, file__removed_at=None)
    row = rows.select_related("file", "case", "dispute").first()
    if row is None or not _own(actor, row):
        raise NotFound
    if row.sent_at is not None:
        raise Refused("file_sent", "This file was sent; it stays where it is.")
    _take_out(row, actor, now)


def _own(actor: Actor, row: Attachment) -> bool:
    if row.dispute is not None and actor.answers:
        return row.from_provider and Dispute.objects.filter(policies.dispute_reach(actor), pk=row.dispute.pk).exists()
    return row.chosen_by_id == actor.id


def _take_out(row: Attachment, actor: Actor, now: dt.datetime) -> None:
    StoredFile.objects.filter(pk=row.file_id, removed_at=None).update(removed_at=now)
    publish("notes.file_removed", row.file, actor, now)


def send_with(
    actor: Actor, case: Case, message: Message, chosen: Collection[UUID] | None, now: dt.datetime
) -> list[Attachment]:
    """Make chosen files part of a message: those named, or with None all that the actor chose for it. In the
    transaction of the message. Raises Refused for a file that is not there to be sent."""
    standing = chosen_in_case(actor, case, message.internal)
    rows = standing if chosen is None else [row for row in standing if row.file_id in set(chosen)]
    if chosen is not None and len(rows) != len(set(chosen)):
        gone = "A file of this message was sent already or taken out. Look at its files and send it again."
        raise Refused("unknown_file", gone, "/files")
    for row in rows:
        mark_sent(actor, row, now, message=message)
    return rows


def mark_sent(actor: Actor, row: Attachment, now: dt.datetime, message: Message | None = None) -> None:
    """From now on it cannot be taken out again, and it is read in the background."""
    row.message, row.sent_at = message, now
    row.save(update_fields=["message", "sent_at"])
    notes.begin_reading(actor, row.file, now)
