"""An outage of our own pages counts for every clock that ran in it: nobody is late because of us.

The rule is B-6 of the domain rules and decision 11. What lapsed before the outage was recorded stays in the history; an
answer within the time it would have had counts as in time.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import Actor
from clawguard.domain.calendar import Deadline, Pause
from clawguard.domain.lifecycles import RequestState
from clawguard.events.errors import Refused
from clawguard.events.services import move, publish, publish_many
from clawguard.events.words import stated
from clawguard.ids import new_id
from notes import clock, policies, selectors_clock
from notes.models import ClockPause, DueChange, DueKind, NotesRequest, Outage
from notes.services.due_moments import change_of, due_fields, moved, set_fields
from notes.services.rows import by

SHORTEST = dt.timedelta(minutes=15)
LONGEST = dt.timedelta(days=14)
FURTHEST_BACK = dt.timedelta(days=60)
WHY = "Our own pages could not be reached"


@transaction.atomic
def record_outage(
    actor: Actor, started_at: dt.datetime, ended_at: dt.datetime, reason: str, now: dt.datetime
) -> Outage:
    """Record when providers could not reach our pages, and recount every clock that ran then.

    Raises NotAllowed, Refused.
    """
    policies.require_lead(actor)
    _require_interval(started_at, ended_at, now)
    outage = Outage.objects.create(
        id=new_id(),
        started_at=started_at,
        ended_at=ended_at,
        reason=stated(reason, "/reason"),
        recorded_at=now,
        **by(actor, "by"),
    )
    told = _apply(outage, actor, now)
    publish("outage.recorded", outage, actor, now, {"from": started_at.isoformat(), "to": ended_at.isoformat()})
    for rows in told.values():
        keys = {"outage": str(outage.pk), "requests": [str(row.pk) for row in rows]}
        publish("notes.outage_told", rows[0].provider, actor, now, keys)
    return outage


def _require_interval(started_at: dt.datetime, ended_at: dt.datetime, now: dt.datetime) -> None:
    if ended_at > now:
        raise Refused("outage_end", "Record an outage once it is over.", "/to")
    if not SHORTEST <= ended_at - started_at <= LONGEST:
        raise Refused("outage_length", "An outage lasts from 15 minutes to 14 days.", "/to")
    if started_at < now - FURTHEST_BACK:
        raise Refused("outage_old", f"An outage of more than {FURTHEST_BACK.days} days ago moves no clock.", "/from")


def _apply(outage: Outage, actor: Actor, now: dt.datetime) -> dict[UUID, list[NotesRequest]]:
    """Recount what ran. Returns the requests whose time changed, by provider."""
    touched = selectors_clock.touched_by(outage).select_related("provider", "calendar")
    rows = list(touched.select_for_update(of=("self",)).order_by("pk"))
    behind = selectors_clock.pauses_behind(rows)
    changes: list[DueChange] = []
    told: dict[UUID, list[NotesRequest]] = defaultdict(list)
    for row in rows:
        if row.paused_at is not None:
            _keep_standing(row, behind[row.pk], now)
            continue
        found = clock.recounted(row, behind[row.pk])
        if found.lapses_at > (row.excused_until or row.due_at or found.lapses_at):
            changes.append(change_of(row, found, DueKind.OUTAGE, WHY, actor, now))
            told[row.provider_id].append(row)
            _take_over(row, found, actor, now)
    DueChange.objects.bulk_create(changes, batch_size=500)
    running = [change for change in changes if change.request.lapsed_at is None]
    publish_many("notes.outage_counted", [(change.request, moved(change)) for change in running], actor, now)
    return told


def _keep_standing(row: NotesRequest, behind: list[Pause], now: dt.datetime) -> None:
    """A clock that stands still is recounted when it runs again; what was counted before may be less already."""
    open_pause = ClockPause.objects.get(request=row, ended_at=None)
    so_far = clock.stopped(row, behind, selectors_clock.as_pause(open_pause))
    set_fields(row, {"deadline": so_far.as_dict(), "updated_at": now})


def _take_over(row: NotesRequest, found: Deadline, actor: Actor, now: dt.datetime) -> None:
    if row.lapsed_at is None:
        set_fields(row, due_fields(found, now))
        return
    remind = clock.next_reminder(found, now) if row.status == RequestState.LAPSED else None
    given = {"excused_until": found.lapses_at, "deadline": found.as_dict(), "remind_at": remind, "updated_at": now}
    set_fields(row, given)
    told = {"until": found.lapses_at.isoformat()}
    if row.status == RequestState.ANSWERED_LATE and not row.answered_late:
        move(row, RequestState.ANSWERED, actor, now, payload=told)
    else:
        publish("notes.lapse_excused", row, actor, now, told)
