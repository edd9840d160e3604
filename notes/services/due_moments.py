"""The one way in which a due moment moves: recomputed from its start, set with its count, and kept with its grounds."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clawguard.accounts.actors import Actor
from clawguard.domain.calendar import Deadline
from notes import clock
from notes.models import DueChange, DueKind, NotesRequest
from notes.services.rows import by


def due_fields(found: Deadline, now: dt.datetime) -> dict[str, Any]:
    """The columns of a running clock whose due moment is ``found``."""
    return {
        "business_days": found.business_days,
        "due_at": found.lapses_at,
        "deadline": found.as_dict(),
        "remind_at": clock.next_reminder(found, now),
        "updated_at": now,
    }


def change_of(
    row: NotesRequest, found: Deadline, kind: DueKind, reason: str, actor: Actor, now: dt.datetime
) -> DueChange:
    """The change from what is in force to ``found``, not yet stored."""
    before = row.excused_until or row.due_at
    if before is None:
        raise ValueError("only a clock that runs can be changed")
    return DueChange(
        request=row,
        at=now,
        due_before=before,
        due_after=found.lapses_at,
        kind=kind,
        business_days_added=found.business_days - row.business_days,
        reason=reason,
        deadline=found.as_dict(),
        **by(actor, "by"),
    )


def set_fields(row: NotesRequest, fields: dict[str, Any]) -> None:
    NotesRequest.objects.filter(pk=row.pk).update(**fields)
    for name, value in fields.items():
        setattr(row, name, value)


def moved(change: DueChange) -> dict[str, Any]:
    """What an event says of a change: moments and counts, never a reason in somebody's words."""
    return {
        "due_before": change.due_before.isoformat(),
        "due_after": change.due_after.isoformat(),
        "business_days": change.business_days_added,
    }
