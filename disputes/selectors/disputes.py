"""Disputes an actor may see."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from clawguard.accounts.actors import Actor
from clawguard.events.errors import NotFound
from disputes import policies
from disputes.models import Dispute
from disputes.sealed import open_words


def visible_disputes(actor: Actor) -> QuerySet[Dispute]:
    """Raises NotAllowed for roles and keys that see no disputes at all."""
    policies.require_reader(actor)
    rows = Dispute.objects.filter(policies.dispute_reach(actor)).select_related("provider", "session")
    return rows.defer("statement", "response", "draft")


def get_dispute(actor: Actor, dispute_id: UUID) -> Dispute:
    """Raises NotFound out of reach, NotAllowed for a key without the scope."""
    if actor.kind == "api":
        policies.require_reader(actor)
    rows = Dispute.objects.select_related("provider", "session", "case")
    dispute = rows.filter(policies.dispute_reach(actor), pk=dispute_id).first()
    if dispute is None:
        raise NotFound
    return dispute


def words_of(actor: Actor, dispute: Dispute) -> dict[str, str]:
    """The client's statement, the provider's response, and to the provider alone their unsent draft."""
    words = {
        "statement": open_words("dispute statement", dispute.pk, dispute.statement),
        "response": open_words("dispute response", dispute.pk, dispute.response),
    }
    if actor.is_provider:
        words["draft"] = open_words("dispute draft", dispute.pk, dispute.draft)
    return words
