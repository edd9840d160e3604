"""Proposed adjustments an actor may see: to a provider their own, which exist only after the conversation."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from clawguard.accounts.actors import Actor, within_reach
from clawguard.events.errors import NotFound
from disputes import policies
from disputes.models import AdjustmentConfirmation, ProposedAdjustment


def get_adjustments(actor: Actor) -> QuerySet[ProposedAdjustment]:
    """Raises NotAllowed for roles and keys that see none at all."""
    policies.require_reader(actor)
    rows = ProposedAdjustment.objects.filter(within_reach(actor, scope=policies.READ))
    confirmed = Prefetch("confirmations", AdjustmentConfirmation.objects.order_by("-at", "-pk"))
    return rows.select_related("provider", "case", "decision", "replaces", "replaced_by").prefetch_related(confirmed)


def get_adjustment(actor: Actor, adjustment_id: UUID) -> ProposedAdjustment:
    """Raises NotFound out of reach, NotAllowed for those who see none at all."""
    found = get_adjustments(actor).filter(pk=adjustment_id).first()
    if found is None:
        raise NotFound
    return found


def adjustments_updated(rows: QuerySet[ProposedAdjustment], since: dt.datetime) -> QuerySet[ProposedAdjustment]:
    """Those of ``rows`` that were proposed, or reported on, at or after this instant."""
    reported = AdjustmentConfirmation.objects.filter(adjustment=OuterRef("pk"), at__gte=since)
    return rows.filter(Q(created_at__gte=since) | Exists(reported))


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
