"""Lapsing what came due: once, never early, in batches, whatever else goes wrong.

Any number of sweepers may run at once. Each takes rows that no other holds; the row's status decides who was first.
"""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet

from clawguard.accounts.actors import SYSTEM
from clawguard.domain.lifecycles import RequestState
from clawguard.events.services import move_many
from notes import clock_guard, page_watch
from notes.models import NotesRequest
from notes.services import grace

log = logging.getLogger(__name__)

BATCH = 500
PUSHED_AHEAD = dt.timedelta(minutes=5)
# An answer that reached the door just before the due moment may still be on its way to the row; the sweep lets it pass.
IN_FLIGHT = dt.timedelta(seconds=3)


def sweep(now: dt.datetime) -> int:
    """What beat and the plain loop call: lapse what came due ``IN_FLIGHT`` ago or earlier."""
    return lapse_due(now - IN_FLIGHT, now)


def lapse_due(now: dt.datetime, noticed_at: dt.datetime | None = None) -> int:
    """Lapse every open request whose due moment is at or before ``now``, dated at that moment. Returns how many.

    ``noticed_at`` is told with each lapse, for the figures on how promptly lapses are noticed; ``now`` unless given.
    """
    if not clock_guard.may_lapse():
        return 0
    lapsed = 0
    while True:
        seen, moved = _lapse_batch(now, noticed_at or now)
        lapsed += moved
        if seen < BATCH:
            return lapsed


def _due(now: dt.datetime, noticed_at: dt.datetime) -> QuerySet[NotesRequest]:
    ready = Q(sweep_after__isnull=True) | Q(sweep_after__lte=now)
    over = NotesRequest.objects.filter(ready, status=RequestState.OPEN, due_at__lte=now, paused_at=None)
    due = over.filter(page_watch.may_lapse(noticed_at)).exclude(grace.may_still_come(now)).order_by("due_at")
    return due.only("id", "status", "due_at").select_for_update(of=("self",), skip_locked=True)


def _lapse_batch(now: dt.datetime, noticed_at: dt.datetime) -> tuple[int, int]:
    """How many rows were taken and how many lapsed."""
    ids: list[UUID] = []
    try:
        with transaction.atomic():
            rows = list(_due(now, noticed_at)[:BATCH])
            ids = [row.pk for row in rows]
            return len(rows), _lapse(rows, now, noticed_at)
    except Exception as error:
        if not ids:
            raise
        log.warning("sweep.batch_failed", extra={"error": type(error).__name__, "rows": len(ids)})
    return len(ids), sum(_lapse_one(pk, now, noticed_at) for pk in ids)


def _lapse(rows: list[NotesRequest], now: dt.datetime, noticed_at: dt.datetime) -> int:
    moments = {row.pk: row.due_at for row in rows if row.due_at is not None}
    told = {"noticed_at": noticed_at.isoformat()}
    fields: dict[str, Any] = {"lapsed_at": F("due_at"), "remind_at": None, "updated_at": now}
    moved = move_many(rows, RequestState.LAPSED, SYSTEM, moments, payload=told, **fields)
    return len(moved)


def _lapse_one(pk: UUID, now: dt.datetime, noticed_at: dt.datetime) -> int:
    """One row of a batch that failed. The row at fault waits, so that it cannot stop the others."""
    try:
        with transaction.atomic():
            return _lapse(list(_due(now, noticed_at).filter(pk=pk)), now, noticed_at)
    except Exception as error:
        NotesRequest.objects.filter(pk=pk, status=RequestState.OPEN).update(sweep_after=now + PUSHED_AHEAD)
        log.error("sweep.row_failed", extra={"request": str(pk), "error": type(error).__name__})
        return 0
