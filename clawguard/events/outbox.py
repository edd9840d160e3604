"""Deliveries that still wait: waking them, running them without a broker, and heartbeats."""

from __future__ import annotations

import datetime as dt
import functools
import logging
import time
from collections.abc import Sequence

from celery import current_app
from django.db.models import Q, QuerySet

from clawguard.events.handling import run_delivery
from clawguard.events.models import Delivery, Heartbeat
from clawguard.events.nudge import nudge

log = logging.getLogger(__name__)

GRACE = dt.timedelta(seconds=5)  # what was just published is on its way by itself
BATCH = 500
ENOUGH_SECONDS = 30.0  # far below a task's time limit, which would strike whatever runs just then
# A busy worker's backlog is no reason to tell of it again and again: each needless message costs it time of its own.
AGAIN = dt.timedelta(seconds=30)
_told: dict[int, dt.datetime] = {}  # what this process told of within AGAIN; what another told of may be told twice


def waiting(now: dt.datetime) -> QuerySet[Delivery]:
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    return Delivery.objects.filter(free, done_at__isnull=True, parked_at__isnull=True, run_after__lte=now)


def redeliver(now: dt.datetime) -> int:
    """Wake a worker again for what has waited longer than the grace; harmless if the first nudge still travels."""
    for key in [key for key, told in _told.items() if abs(now - told) >= AGAIN]:
        del _told[key]
    late = list(waiting(now - GRACE).exclude(pk__in=list(_told)).order_by("run_after")[:BATCH])
    nudge(late)
    _told.update((delivery.pk, now) for delivery in late)
    beat("redeliver", now)
    return len(late)


def run_waiting(now: dt.datetime, limit: int = BATCH) -> int:
    """Run waiting deliveries in this process: the emergency mode when no broker or worker is to be had."""
    _load_tasks()
    return sum(_run(delivery) for delivery in waiting(now).order_by("run_after", "pk")[:limit])


def run_these(keys: Sequence[int]) -> None:
    """Run the deliveries of one message. What time does not suffice for is told of again like any other."""
    end = time.monotonic() + ENOUGH_SECONDS
    for delivery in Delivery.objects.filter(pk__in=keys, done_at=None, parked_at=None).order_by("pk"):
        if time.monotonic() > end:
            return
        _run(delivery)


def _run(delivery: Delivery) -> bool:
    task = current_app.tasks.get(delivery.task)
    if task is None:  # written by a newer or older release: that release's workers know it
        log.error("delivery.unknown_task", extra={"delivery": delivery.pk, "task_name": delivery.task})
        return False
    return run_delivery(delivery.pk, task.handler)


@functools.cache
def _load_tasks() -> None:
    """Only a worker loads the apps' tasks by itself."""
    current_app.loader.import_default_modules()


def beat(name: str, now: dt.datetime, **detail: object) -> None:
    row = Heartbeat(name=name, at=now, detail=detail)
    Heartbeat.objects.bulk_create([row], update_conflicts=True, unique_fields=["name"], update_fields=["at", "detail"])
