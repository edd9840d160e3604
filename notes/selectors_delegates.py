"""Who answers for providers, and when providers are away, for those who may know of it."""

from __future__ import annotations

from django.db.models import QuerySet

from clawguard.accounts.actors import Actor
from clawguard.accounts.models import Absence, Delegation
from notes import policies


def visible_delegations(actor: Actor) -> QuerySet[Delegation]:
    """Those invited, those who stand, and those whose time is over. Raises NotAllowed."""
    policies.require_absence_reader(actor)
    return Delegation.objects.filter(policies.readable(actor)).select_related("provider")


def visible_absences(actor: Actor) -> QuerySet[Absence]:
    """Also those that are over or were taken back. Raises NotAllowed."""
    policies.require_absence_reader(actor)
    return Absence.objects.filter(policies.readable(actor)).select_related("provider")
