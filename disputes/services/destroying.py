"""Destroying a locked-away file of a conversation or of evidence, unread: two leads and a reason, as with notes.

In a conversation the provider can be told what to send instead; of a file of an internal note staff alone are told. The
history of a dispute says that the file is gone, on both its pages.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import SYSTEM, Actor
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import Event
from clawguard.events.services import publish
from disputes import policies
from disputes.models import Attachment, Case, Dispute, DisputeEvidence
from disputes.selectors.locked import known_to_provider, part_of
from disputes.services.conversation import post_as_system
from notes import services as notes
from notes.models import FileDestruction, StoredFile
from notes.services import two_leads


@transaction.atomic
def ask_file_destruction(actor: Actor, file_id: UUID, reason: str, instead: str, now: dt.datetime) -> Case | Dispute:
    """A lead says why a file should be destroyed and, in a conversation, what the provider is to send ``instead``, if
    anything; another has to agree. Returns what the file is part of. Raises NotAllowed, NotFound, Refused."""
    row, about = _locked_file(actor, file_id)
    if instead.strip() and not _is_for_provider(row):
        raise Refused("nobody_asked", "Nobody is asked for another file here. Leave this empty.", "/instead")
    asked = two_leads.ask(FileDestruction, actor, row.quarantine_reason, reason, instead, now, file=row)
    told = {"file": str(row.pk), **two_leads.told_of(asked)}
    of_case = isinstance(about, Case)
    publish("case.destruction_asked" if of_case else "dispute.destruction_asked", about, actor, now, told)
    return about


@transaction.atomic
def agree_file_destruction(actor: Actor, file_id: UUID, now: dt.datetime) -> Case | Dispute:
    """Another lead agrees: the file is destroyed soon after. Raises NotAllowed, NotFound."""
    row, about = _locked_file(actor, file_id)
    asked = two_leads.agree(FileDestruction, actor, now, file=row)
    told = {"file": str(row.pk), "locked_for": asked.was_locked_for}
    of_case = isinstance(about, Case)
    publish("case.destruction_agreed" if of_case else "dispute.destruction_agreed", about, actor, now, told)
    return about


@transaction.atomic
def destroy_file(event: Event, now: dt.datetime) -> None:
    """Destroy, then say so wherever the file is. Run again after a crash, it goes on; later it changes nothing."""
    row = notes.erase(UUID(event.payload["file"]), now)
    if row is None:
        return
    told = {"file": str(row.pk), "returned": bool(row.destruction.instead)}
    chosen = Attachment.objects.filter(file=row).select_related("case", "dispute").first()
    if chosen is not None and chosen.case is not None:
        publish("case.file_destroyed", chosen.case, SYSTEM, now, told)
        post_as_system(chosen.case.pk, notes.words_of_destruction(row), now, internal=not _is_for_provider(row))
    disputes = {each.dispute for each in DisputeEvidence.objects.filter(file=row).select_related("dispute")}
    if chosen is not None and chosen.dispute is not None:
        disputes.add(chosen.dispute)
    for dispute in disputes:
        publish("dispute.file_destroyed", dispute, SYSTEM, now, told)


def _is_for_provider(row: StoredFile) -> bool:
    chosen = Attachment.objects.filter(file=row).first()
    return chosen is not None and known_to_provider(chosen)


def _locked_file(actor: Actor, file_id: UUID) -> tuple[StoredFile, Case | Dispute]:
    """For a lead: the file, locked away and not to be destroyed, under lock; and what it is part of. Raises NotAllowed,
    NotFound."""
    policies.require_lead(actor)
    rows = StoredFile.objects.select_for_update(of=("self",)).filter(request=None, removed_at=None, pk=file_id)
    row = rows.exclude(quarantined_at=None).exclude(destruction__agreed_at__isnull=False).first()
    about = part_of(actor, row) if row is not None else None
    if row is None or about is None:
        raise NotFound
    return row, about
