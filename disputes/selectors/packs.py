"""The evidence packs of a case, for leads and auditors."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from clawguard import packing
from clawguard.accounts.actors import Actor, NotAllowed
from clawguard.events.errors import NotFound
from disputes import policies
from disputes.models import Case, EvidencePack

SHOWN = 6


def packs_of(actor: Actor, case: Case) -> QuerySet[EvidencePack]:
    """Newest first, without their bytes. Raises NotAllowed."""
    policies.require_pack_reader(actor)
    return EvidencePack.objects.filter(case=case).defer("sealed").order_by("-asked_at", "-pk")


def pack_panel(actor: Actor, case: Case) -> dict[str, Any] | None:
    """What the case page shows of them; None for whoever may have no packs."""
    try:
        rows = list(packs_of(actor, case)[:SHOWN])
    except NotAllowed:
        return None
    waiting = any(row.made_at is None for row in rows)
    key = packing.fingerprint(packing.own_key().public_key())
    return {"rows": rows, "waiting": waiting, "audiences": EvidencePack.AUDIENCES, "fingerprint": key}


def get_pack(actor: Actor, pack_id: UUID) -> EvidencePack:
    """Raises NotFound for a pack of a case out of reach, NotAllowed for whoever may see the case and no packs."""
    if actor.kind == "api":
        policies.require_reader(actor)
    cases = Case.objects.filter(policies.reach(actor))
    pack = EvidencePack.objects.select_related("case").filter(pk=pack_id, case__in=cases).first()
    if pack is None:
        raise NotFound
    policies.require_pack_reader(actor)
    return pack
