"""Files of conversations, disputes and the library, for those who may see what they are part of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse

from clawguard.accounts.actors import Actor
from clawguard.events import access_log
from clawguard.events.errors import NotFound
from clawguard.events.services import publish
from disputes import policies
from disputes.models import Attachment, Case, Dispute, DisputeEvidence, LibraryItem
from notes import files, readings
from notes.models import StoredFile
from notes.readings import FileState, Shown
from notes.unscanned import refuse_unscanned

OPENED: dict[type[models.Model], str] = {
    Case: "case.file_opened",
    Dispute: "dispute.file_opened",
    LibraryItem: "library.file_opened",
}
STANDING: dict[str, Any] = {"sent_at": None, "file__removed_at": None, "file__quarantined_at": None}


def _own(actor: Actor) -> Q:
    """What this person or key chose."""
    return Q(chosen_by_id=actor.id)


def chosen_in_case(actor: Actor, case: Case, internal: bool) -> list[Attachment]:
    """What this actor chose for their next message here and did not send yet."""
    rows = Attachment.objects.filter(_own(actor), case=case, internal=internal, **STANDING)
    return list(rows.select_related("file"))


def chosen_in_dispute(actor: Actor, dispute: Dispute) -> list[Attachment]:
    """The provider's side chose it together; staff and programs each their own."""
    rows = Attachment.objects.filter(dispute=dispute, from_provider=actor.answers, **STANDING)
    own = rows if actor.answers else rows.filter(_own(actor))
    return list(own.select_related("file"))


def chosen_for_pages(actor: Actor, case: Case) -> dict[str, list[dict[str, Any]]]:
    """For the two wells of a case page: of the conversation and of internal notes."""
    rows = Attachment.objects.filter(_own(actor), case=case, **STANDING).select_related("file")
    chosen = list(rows)
    return {
        "talk": well_rows(row for row in chosen if not row.internal),
        "internal": well_rows(row for row in chosen if row.internal),
    }


def well_rows(chosen: Iterable[Attachment]) -> list[dict[str, Any]]:
    """Chosen files as the upload well lists them."""
    return [well_row(row.file) for row in chosen]


def well_row(file: StoredFile) -> dict[str, Any]:
    remove = reverse("case-file-remove", args=[file.pk])
    return {"id": file.pk, "name": file.display_name, "size": file.size, "status": "Received", "remove_url": remove}


def attachments_of(actor: Actor, case: Case) -> dict[UUID, list[StoredFile]]:
    """Sent files by message. Internal ones are for staff and auditors in person, as their notes are."""
    rows = Attachment.objects.filter(case=case, message__isnull=False).select_related("file")
    if not policies.sees_internal(actor):
        rows = rows.filter(internal=False)
    found: dict[UUID, list[StoredFile]] = {}
    for row in rows:
        if row.message_id is not None:  # the database asked for that already; the types cannot know
            found.setdefault(row.message_id, []).append(row.file)
    return found


def with_states(groups: Iterable[list[StoredFile]]) -> dict[UUID, dict[str, Any]]:
    """Each file as pages list it: its name, what is known of it, and whether it opens. No question where none is."""
    rows = [row for group in groups for row in group]
    states = readings.states_of(rows) if rows else {}
    return {row.pk: _listed(row, states[row.pk]) for row in rows}


def _listed(row: StoredFile, state: FileState) -> dict[str, Any]:
    shown = {"id": row.pk, "name": row.display_name, "type": row.content_type, "size": row.size, "sha256": row.sha256}
    return shown | {"words": state.words, "pages": state.pages, "opens": state.opens}


def visible_file(actor: Actor, file_id: UUID) -> tuple[StoredFile, models.Model]:
    """A file that was sent, kept or added, with the case, dispute or library item by which the actor may see it.

    Raises NotFound out of reach and for what is locked away, NotAllowed for a key without the scope, and Refused while
    the virus scanner has not looked at it.
    """
    if actor.kind == "api":
        policies.require_reader(actor)
    row = StoredFile.objects.filter(pk=file_id, removed_at=None, quarantined_at=None).first()
    about = _seen_by(actor, row) if row is not None else None
    if row is None or about is None:
        raise NotFound
    refuse_unscanned(row)
    return row, about


def _seen_by(actor: Actor, row: StoredFile) -> models.Model | None:
    cases = Case.objects.filter(policies.reach(actor))
    attached = Attachment.objects.filter(file=row, message__isnull=False, case__in=cases).select_related("case")
    if not policies.sees_internal(actor):
        attached = attached.filter(internal=False)
    sent = attached.first() if not actor.is_delegate else None
    if sent is not None:
        return sent.case
    disputes = Dispute.objects.filter(policies.dispute_reach(actor))
    shows = DisputeEvidence.objects.filter(file=row, dispute__in=disputes).select_related("dispute").first()
    if shows is not None:
        return shows.dispute
    if actor.answers and not actor.is_provider:
        return None
    return LibraryItem.objects.filter(policies.library_reach(actor), file=row).first()


@transaction.atomic
def open_file(actor: Actor, file_id: UUID, door: str, now: dt.datetime) -> tuple[StoredFile, models.Model]:
    """The file, once it is on record that it was opened. Raises as ``visible_file``."""
    row, about = visible_file(actor, file_id)
    part = {"session_id": getattr(about, "session_id", None), "about": about._meta.label_lower, "about_id": about.pk}
    access_log.record(actor, door, _why(actor, about), now, file_id=row.pk, **part)
    publish(OPENED[type(about)], about, actor, now, {"file": str(row.pk), "door": door})
    return row, about


def _why(actor: Actor, about: models.Model) -> str:
    """On what ground it was opened: who may see what the file is part of needs no other reason."""
    return f"own {about._meta.verbose_name}" if actor.answers else f"part of a {about._meta.verbose_name}"


def read_file(actor: Actor, file_id: UUID, door: str, now: dt.datetime) -> tuple[StoredFile, bytes]:
    """Its bytes as they came, once it is on record. Raises as ``visible_file``."""
    row, _ = open_file(actor, file_id, door, now)
    return row, files.read(row.pk, row.stored_as)


def open_pages(
    actor: Actor, file_id: UUID, now: dt.datetime
) -> tuple[StoredFile, models.Model, FileState, list[Shown]]:
    """Its pages as the sandbox drew and read them, once it is on record. Raises as ``visible_file``."""
    row, about = open_file(actor, file_id, "page", now)
    return row, about, readings.states_of([row])[row.pk], readings.shown_pages(actor, row.pk)


def picture(actor: Actor, file_id: UUID, number: int, ticket: str) -> bytes:
    """The picture of a page for whoever opened the file a moment ago. Raises NotFound."""
    readings.require_ticket(actor, file_id, ticket)
    visible_file(actor, file_id)
    return readings.picture_of(file_id, number)
