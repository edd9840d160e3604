"""What two leads do together: one asks with a reason, another agrees. What they agree on is locked by the caller."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from clawguard.accounts.actors import Actor, NotAllowed
from clawguard.events.errors import NotFound, Refused
from clawguard.events.words import optional, stated
from notes import policies
from notes.models import FileDestruction, TextDestruction

Destruction = TypeVar("Destruction", FileDestruction, TextDestruction)


def ask(
    kind: type[Destruction], actor: Actor, locked_for: str, reason: str, instead: str, now: dt.datetime, **of: Any
) -> Destruction:
    """``of``: the row to be destroyed. Raises Refused where it was asked for before, or without a reason."""
    why = stated(reason, "/reason")
    if kind._default_manager.filter(**of).exists():
        raise Refused("asked_before", "Its destruction was asked for already; another lead has to agree.")
    return kind._default_manager.create(
        was_locked_for=locked_for,
        reason=why,
        instead=optional(instead, "/instead"),
        asked_at=now,
        asked_by_id=actor.person(),
        asked_by_name=actor.name,
        **of,
    )


def agree(kind: type[Destruction], actor: Actor, now: dt.datetime, **of: Any) -> Destruction:
    """Raises NotFound where nobody asked, NotAllowed for who asked."""
    asked = kind._default_manager.select_for_update().filter(agreed_at=None, **of).first()
    if asked is None:
        raise NotFound
    if not policies.may_agree(actor, asked):
        raise NotAllowed
    kind._default_manager.filter(pk=asked.pk, agreed_at=None).update(
        agreed_at=now, agreed_by_id=actor.person(), agreed_by_name=actor.name
    )
    return asked


def told_of(asked: Destruction) -> dict[str, Any]:
    """What an event says of it: never the words."""
    return {"locked_for": asked.was_locked_for, "returned": bool(asked.instead)}
