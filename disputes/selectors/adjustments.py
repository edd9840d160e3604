"""Proposed adjustments an actor may see: to a provider their own, which exist only after the conversation."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from clawguard.accounts.actors import Actor, within_reach
from disputes import policies
from disputes.models import AdjustmentConfirmation, ProposedAdjustment


def get_adjustments(actor: Actor) -> QuerySet[ProposedAdjustment]:
    """Raises NotAllowed for roles and keys that see none at all."""
    policies.require_reader(actor)
    rows = ProposedAdjustment.objects.filter(within_reach(actor, scope=policies.READ))
    confirmed = Prefetch("confirmations", AdjustmentConfirmation.objects.order_by("-at", "-pk"))
    return rows.select_related("provider", "case", "decision", "replaces").prefetch_related(confirmed)


@dataclass(frozen=True, slots=True)
class AdjustmentPage:
    rows: list[ProposedAdjustment]
    next_mark: str  # empty on the last page


def adjustments_page(actor: Actor, after: str, size: int) -> AdjustmentPage:
    """One page, the newest first. Ids grow with time, so they order the list by themselves."""
    rows = get_adjustments(actor)
    try:
        rows = rows.filter(pk__lt=UUID(after)) if after else rows
    except ValueError:
        after = ""
    found = list(rows.order_by("-pk")[: size + 1])
    return AdjustmentPage(found[:size], str(found[size - 1].pk) if len(found) > size else "")
