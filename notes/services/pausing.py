"""A lead lets one request's clock stand still, and run again. The due moment follows from the intervals.

A business day that a pause touches does not count; see docs/policy/clock.md and decision 11.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import SYSTEM, Actor
from clawguard.events.errors import Refused
from clawguard.events.services import publish
from clawguard.events.words import optional, stated
from clawguard.ui.words import moment
from notes import clock, policies, selectors_clock
from notes.models import ClockPause, DueKind, NotesRequest, PauseReason
from notes.services.due_moments import change_of, due_fields, set_fields
from notes.services.rows import by, locked

LONGEST_PAUSE = dt.timedelta(days=60)


@transaction.atomic
def pause_clock(
    actor: Actor, request_id: UUID, reason: str, detail: str, until: dt.datetime | None, now: dt.datetime
) -> NotesRequest:
    """The clock stands still from now on, until a lead lets it run again or until the moment given.

    Without an end there is no due moment meanwhile; with one it is set at once. ``detail`` is for the pages only.
    Raises NotAllowed, NotFound, Refused.
    """
    policies.require_lead(actor)
    row = locked(actor, request_id)
    if not policies.is_running(row, now):
        raise Refused("not_running", "Only a clock that runs can be paused.")
    if selectors_clock.standing_pause(row, now) is not None:
        raise Refused("paused", "This clock is paused already.")
    given = _given(reason, detail, until, now)
    pause = ClockPause.objects.create(request=row, started_at=now, **given, **by(actor, "by"))
    if until is None:
        _stand_still(row, pause, now)
    else:
        _recount(row, actor, now)
    told = {"reason": str(pause.reason), "until": until.isoformat() if until else None}
    publish("notes.paused", row, actor, now, told)
    return row


def _given(reason: str, detail: str, until: dt.datetime | None, now: dt.datetime) -> dict[str, Any]:
    if reason not in PauseReason.values:
        raise Refused("unknown_reason", "Choose one of the reasons.", "/reason")
    if until is not None and not now < until <= now + LONGEST_PAUSE:
        raise Refused("pause_end", f"Give an end within the next {LONGEST_PAUSE.days} days, or none.", "/until")
    words = (stated if reason == PauseReason.OTHER else optional)(detail, "/detail")
    return {"reason": reason, "detail": words, "ended_at": until}


def _stand_still(row: NotesRequest, pause: ClockPause, now: dt.datetime) -> None:
    earlier = selectors_clock.pauses_behind([row])[row.pk]
    so_far = clock.stopped(row, earlier, selectors_clock.as_pause(pause))
    set_fields(row, {"paused_at": now, "deadline": so_far.as_dict(), "remind_at": None, "updated_at": now})


def _recount(row: NotesRequest, actor: Actor, now: dt.datetime) -> None:
    """From every interval anew; the change is kept where the due moment moved."""
    found = clock.recounted(row, selectors_clock.pauses_behind([row])[row.pk])
    if row.due_at is not None and found.lapses_at > row.due_at:
        change_of(row, found, DueKind.PAUSE, "The clock was paused", actor, now).save(force_insert=True)
    set_fields(row, {**due_fields(found, now), "paused_at": None})


@transaction.atomic
def resume_clock(actor: Actor, request_id: UUID, now: dt.datetime) -> NotesRequest:
    """The clock runs again; today does not count yet. Raises NotAllowed, NotFound, Refused."""
    policies.require_lead(actor)
    row = locked(actor, request_id)
    if row.paused_at is None:
        raise Refused("not_paused", _why_it_runs(row, now))
    end_pause(row, actor, now)
    before = row.due_at
    _recount(row, actor, now)
    due = row.due_at.isoformat() if row.due_at else None
    publish("notes.resumed", row, actor, now, {"due_after": due, "moved": row.due_at != before})
    return row


def _why_it_runs(row: NotesRequest, now: dt.datetime) -> str:
    pause = selectors_clock.standing_pause(row, now)
    if pause is None or pause.ended_at is None:
        return "This clock is not waiting to run again."
    end = moment(pause.ended_at, row.time_zone)
    return (
        f"This pause ends by itself, {end} in the provider's zone. The provider was told the date that follows from "
        "it, and a date that was told never moves earlier."
    )


def run_on(row: NotesRequest, actor: Actor, now: dt.datetime) -> None:
    """An answer ends the pause that lasts, if one does: the due moment is counted as if the clock had run on from
    here, so that what came in time stays in time wherever it is read later."""
    if row.paused_at is not None:
        end_pause(row, actor, now)
        _recount(row, SYSTEM, now)


def end_pause(row: NotesRequest, actor: Actor, now: dt.datetime) -> dict[str, Any]:
    """End the pause that lasts, if one does. Returns the columns with which the request leaves it."""
    if row.paused_at is None:
        return {}
    open_pause = ClockPause.objects.filter(request=row, ended_at=None)
    open_pause.update(ended_at=now, ended_by_name=actor.name)
    return {"paused_at": None}
