"""Evidence in a dispute: added by staff, by programs, with the provider's answer, or from the library."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import Actor
from clawguard.domain.disputes import KINDS, EvidenceError, read_evidence
from clawguard.events.errors import Refused
from clawguard.events.services import publish
from clawguard.events.words import optional
from disputes import policies
from disputes.models import Dispute, DisputeEvidence, LibraryItem
from disputes.models.case import LONGEST_SOURCE
from disputes.models.evidence import SIDES
from disputes.sealed import EVIDENCE, LIBRARY_ITEM, open_value, seal_value
from disputes.selectors.files import chosen_in_dispute
from disputes.services.attaching import mark_sent
from disputes.services.locking import locked_dispute
from notes import services as notes
from notes.models import StoredFile
from notes.services import Looked


class Upload(NamedTuple):
    """A file as it comes with a form."""

    name: str
    pieces: Iterable[bytes]


def add_evidence(
    actor: Actor,
    dispute_id: UUID,
    kind: str,
    given: Mapping[str, Any],
    now: dt.datetime,
    *,
    side: str = "network",
    source: str = "",
    file: UUID | None = None,
    upload: Upload | None = None,
) -> DisputeEvidence:
    """Add one piece, until the dispute is decided. ``side``: whose it is. The document behind it is a ``file`` that the
    actor chose before, or an ``upload`` that comes with it. Raises Refused naming the field at fault."""
    with transaction.atomic():
        _open_for_evidence(actor, dispute_id)
    if side not in dict(SIDES):
        raise Refused("not_a_choice", "Say whose evidence it is: provider, client or network.", "/side")
    value = read_or_refuse(kind, given)
    looked = look_at_document(upload) if upload is not None else None  # takes seconds: nobody waits under a lock
    with transaction.atomic():
        dispute = _open_for_evidence(actor, dispute_id)
        kept = _document(actor, dispute, file, now) if looked is None else keep_document(actor, looked, now)
        said = optional(source, "/source", LONGEST_SOURCE) or f"Stated by {actor.name}"
        row = store_evidence(actor, dispute, kind, value, side, said, now, file=kept)
        publish("dispute.evidence_added", dispute, actor, now, {"kind": kind, "evidence": str(row.pk)})
        return row


def look_at_document(upload: Upload) -> Looked:
    """Look at a document that comes with what it shows. Raises Refused, also where it would have to be locked away
    unread."""
    looked = notes.look_at(*upload)
    words = notes.why_locked(looked)
    if words:
        raise Refused("file_locked", words, "/file")
    return looked


def keep_document(actor: Actor, looked: Looked, now: dt.datetime) -> StoredFile:
    """Store a document that was looked at, in the caller's transaction."""
    kept = notes.keep_apart(actor, looked, now)
    notes.begin_reading(actor, kept, now)
    return kept


def _document(actor: Actor, dispute: Dispute, file: UUID | None, now: dt.datetime) -> StoredFile | None:
    if file is None:
        return None
    chosen = next((row for row in chosen_in_dispute(actor, dispute) if row.file_id == file), None)
    if chosen is None:
        raise Refused("unknown_file", "Name a file that you sent for this dispute and did not use yet.", "/file")
    mark_sent(actor, chosen, now)
    return chosen.file


@transaction.atomic
def use_library_item(actor: Actor, dispute_id: UUID, item_id: UUID, now: dt.datetime) -> DisputeEvidence:
    """Add what is kept in the library of the network or of the dispute's provider. Using it twice adds it once."""
    dispute = _open_for_evidence(actor, dispute_id)
    rows = LibraryItem.objects.filter(policies.library_of(dispute.provider_id), pk=item_id, retired_at__isnull=True)
    item = rows.select_related("file").first()
    if item is None:
        raise Refused("unknown_item", "Choose something from the library.", "/item")
    known = DisputeEvidence.objects.filter(dispute=dispute, library_item=item).first()
    if known is not None:
        return known
    side = "network" if item.provider_id is None else "provider"
    value = open_value(LIBRARY_ITEM, item.pk, item.value)
    row = store_evidence(
        actor, dispute, item.kind, value, side, f"Library: {item.title}", now, item=item, file=item.file
    )
    publish("dispute.evidence_added", dispute, actor, now, {"kind": item.kind, "evidence": str(row.pk)})
    return row


def _open_for_evidence(actor: Actor, dispute_id: UUID) -> Dispute:
    policies.require_worker(actor, policies.WRITE)
    dispute = locked_dispute(actor, dispute_id)
    if dispute.status in policies.DISPUTE_OVER:
        raise Refused("over", "What spoke in a dispute that is over is kept as it is.")
    return dispute


def read_or_refuse(kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The value of one piece of evidence. Raises Refused (422) naming the first field at fault and saying all."""
    shape = KINDS.get(kind)
    if shape is None:
        raise Refused("not_a_choice", f"There is no such kind of evidence. Known are: {', '.join(KINDS)}.", "/kind")
    try:
        return read_evidence(shape, given)
    except EvidenceError as error:
        first = error.faults[0]
        raise Refused(first.code, str(error), f"/evidence/{kind}/{first.field}"[:120]) from None


def store_evidence(
    actor: Actor,
    dispute: Dispute,
    kind: str,
    value: Mapping[str, Any],
    side: str,
    source: str,
    now: dt.datetime,
    *,
    late: bool = False,
    item: LibraryItem | None = None,
    file: StoredFile | None = None,
) -> DisputeEvidence:
    """Seal and store one piece; who may, and whether it reads, was checked before."""
    row = DisputeEvidence(
        dispute=dispute,
        kind=kind,
        side=side,
        source=source,
        late=late,
        library_item=item,
        file=file,
        added_at=now,
        added_by_kind=actor.kind,
        added_by_id=actor.id,
        added_by_name=actor.name,
    )
    row.value = seal_value(EVIDENCE, row.pk, value)
    row.save(force_insert=True)
    return row
