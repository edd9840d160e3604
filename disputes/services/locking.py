"""Rows re-read under their lock, within the actor's reach: what a service decides on is what it then writes."""

from __future__ import annotations

from uuid import UUID

from clawguard.accounts.actors import Actor, NotAllowed
from clawguard.events.errors import NotFound
from disputes import policies
from disputes.models import Case, Decision, Dispute


def locked_case(actor: Actor, case_id: UUID, scope: str = policies.WRITE) -> Case:
    """The case, locked until the transaction ends. Raises NotFound out of reach, NotAllowed for a key without scope."""
    if actor.kind == "api" and not actor.has_scope(scope):
        raise NotAllowed
    case = Case.objects.select_for_update(of=("self",)).filter(policies.reach(actor, scope), pk=case_id).first()
    if case is None:
        raise NotFound
    return case


def locked_dispute(actor: Actor, dispute_id: UUID, scope: str = policies.WRITE) -> Dispute:
    """The dispute, locked until the transaction ends; raises as ``locked_case`` does."""
    if actor.kind == "api" and not actor.has_scope(scope):
        raise NotAllowed
    rows = Dispute.objects.select_for_update(of=("self",)).filter(policies.dispute_reach(actor, scope), pk=dispute_id)
    dispute = rows.first()
    if dispute is None:
        raise NotFound
    return dispute


def waiting_decision(case: Case) -> Decision | None:
    """The decision that waits for a second person, if one does."""
    return Decision.objects.filter(case=case, final_at__isnull=True, returned_at__isnull=True).first()
