"""Who may look at webhooks and who may change them. What is sent is the same for everybody: ids."""

from __future__ import annotations

from clawguard.accounts.actors import Actor
from clawguard.accounts.models import Role

MANAGE = "webhooks:manage"


def require_reader(actor: Actor) -> None:
    """Administrators, auditors, and programs with the scope. Raises NotAllowed."""
    actor.require(roles={Role.ADMIN, Role.AUDITOR}, scope=MANAGE)


def require_manager(actor: Actor) -> None:
    """Administrators, and programs with the scope. Raises NotAllowed."""
    actor.require(roles={Role.ADMIN}, scope=MANAGE)


def may_manage(actor: Actor) -> bool:
    return actor.role == Role.ADMIN or actor.has_scope(MANAGE)
