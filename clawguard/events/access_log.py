"""The only writer of access records: who read which note or file, when, through which door, and why."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from clawguard.accounts.actors import Actor
from clawguard.events.models import AccessLog


def record(actor: Actor, door: str, reason: str, now: dt.datetime, **of: Any) -> AccessLog:
    """``of``: the ids of what was read (``note_id``, ``file_id``), its ``session_id``, and of a file beside notes the
    row it is part of (``about``, ``about_id``). Must run inside the transaction that gives it out."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a reading is recorded in the transaction that gives the text out")
    return AccessLog.objects.create(
        at=now,
        actor_kind=actor.kind,
        actor_role=actor.role,
        actor_id=actor.id,
        actor_name=actor.name,
        door=door,
        reason=reason,
        **of,
    )
