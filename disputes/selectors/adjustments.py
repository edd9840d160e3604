"""Proposed adjustments an actor may see: to a provider their own, which exist only after the conversation."""

from __future__ import annotations

from django.db.models import QuerySet

from clawguard.accounts.actors import Actor, within_reach
from disputes import policies
from disputes.models import ProposedAdjustment


def get_adjustments(actor: Actor) -> QuerySet[ProposedAdjustment]:
    """Raises NotAllowed for roles and keys that see none at all."""
    policies.require_reader(actor)
    rows = ProposedAdjustment.objects.filter(within_reach(actor, scope=policies.READ))
    return rows.select_related("provider", "case", "decision", "replaces")
