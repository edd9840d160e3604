"""Evidence in a dispute: added by staff, by programs, with the provider's answer, or from what is kept for again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import Actor
from clawguard.domain.disputes import KINDS, EvidenceError, read_evidence
from clawguard.events.errors import Refused
from clawguard.events.services import publish
from disputes import policies
from disputes.models import Dispute, DisputeEvidence, LibraryItem
from disputes.models.evidence import SIDES
from disputes.sealed import EVIDENCE, LIBRARY_ITEM, open_value, seal_value
from disputes.services.locking import locked_dispute


@transaction.atomic
def add_evidence(
    actor: Actor,
    dispute_id: UUID,
    kind: str,
    given: Mapping[str, Any],
    now: dt.datetime,
    *,
    side: str = "network",
    source: str = "",
) -> DisputeEvidence:
    """Add one piece, until the dispute is decided. ``side``: whose it is. Raises Refused naming the field at fault."""
    dispute = _open_for_evidence(actor, dispute_id)
    if side not in dict(SIDES):
        raise Refused("not_a_choice", "Say whose evidence it is: provider, client or network.", "/side")
    value = read_or_refuse(kind, given)
    row = store_evidence(actor, dispute, kind, value, side, source.strip() or f"Stated by {actor.name}", now)
    publish("dispute.evidence_added", dispute, actor, now, {"kind": kind, "evidence": str(row.pk)})
    return row


@transaction.atomic
def use_library_item(actor: Actor, dispute_id: UUID, item_id: UUID, now: dt.datetime) -> DisputeEvidence:
    """Add what is kept in the library of the network or of the dispute's provider. Using it twice adds it once."""
    dispute = _open_for_evidence(actor, dispute_id)
    rows = LibraryItem.objects.filter(policies.library_of(dispute.provider_id), pk=item_id, retired_at__isnull=True)
    item = rows.first()
    if item is None:
        raise Refused("unknown_item", "Choose something from the library.", "/item")
    known = DisputeEvidence.objects.filter(dispute=dispute, library_item=item).first()
    if known is not None:
        return known
    side = "network" if item.provider_id is None else "provider"
    value = open_value(LIBRARY_ITEM, item.pk, item.value)
    row = store_evidence(actor, dispute, item.kind, value, side, f"Library: {item.title}", now, item=item)
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
) -> DisputeEvidence:
    """Seal and store one piece; who may, and whether it reads, was checked before."""
    row = DisputeEvidence(
        dispute=dispute,
        kind=kind,
        side=side,
        source=source[:200],
        late=late,
        library_item=item,
        added_at=now,
        added_by_kind=actor.kind,
        added_by_id=actor.id,
        added_by_name=actor.name,
    )
    row.value = seal_value(EVIDENCE, row.pk, value)
    row.save(force_insert=True)
    return row
