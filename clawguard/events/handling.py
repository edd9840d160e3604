"""How a task handles an event: claim the delivery, do the work and mark it done in one transaction."""

from __future__ import annotations

import datetime as dt
import logging
import traceback
from collections.abc import Callable
from typing import Any

from celery import shared_task
from django.db import transaction
from django.db.models import F, Q

from clawguard.clock import now as read_clock
from clawguard.events.models import Delivery, Event

log = logging.getLogger(__name__)

LEASE = dt.timedelta(seconds=180)
MOST_ATTEMPTS = 5
Handler = Callable[[Event, dt.datetime], None]


class LeaseLost(Exception):
    """Another worker took the delivery over while this one was at it; this one's work is rolled back."""


def handler(function: Handler) -> Handler:
    """Register ``function(event, now)`` as the Celery task named after it. It takes a delivery's id, nothing else."""
    name = f"{function.__module__}.{function.__name__}"

    @shared_task(name=name)
    def task(delivery_id: int, **_later: Any) -> None:
        run_delivery(delivery_id, function)

    task.handler = function
    return function


def run_delivery(delivery_id: int, function: Handler) -> bool:
    """Run one delivery if it is still owed and nobody else is at it. Returns whether it was done now."""
    now = read_clock()
    lease = now + LEASE
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    owed = Delivery.objects.filter(pk=delivery_id, done_at__isnull=True, parked_at__isnull=True)
    if not owed.filter(free).update(lease_until=lease, attempts=F("attempts") + 1):
        return False
    try:
        with transaction.atomic():
            delivery = Delivery.objects.select_related("event").get(pk=delivery_id)
            function(delivery.event, now)
            if not owed.filter(lease_until=lease).update(done_at=read_clock(), lease_until=None, last_error=""):
                raise LeaseLost
    except LeaseLost:
        return False
    except Exception as error:
        _put_back(delivery_id, lease, now, error)
        return False
    return True


def _put_back(delivery_id: int, lease: dt.datetime, now: dt.datetime, error: Exception) -> None:
    """Push a failed delivery ahead, so that one bad row cannot stop the sweep; park it after the last attempt."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    said = f"{type(error).__name__} at {place.name}:{place.lineno}"[:200]
    delivery = Delivery.objects.get(pk=delivery_id)
    wait = dt.timedelta(seconds=min(600, 5 * 2**delivery.attempts))
    parked = now if delivery.attempts >= MOST_ATTEMPTS else None
    Delivery.objects.filter(pk=delivery_id, lease_until=lease).update(
        lease_until=None, run_after=now + wait, last_error=said, parked_at=parked
    )
    # The message may hold PHI, the type and place do not.
    log.error(
        "delivery.failed",
        extra={"delivery": delivery_id, "task_name": delivery.task, "error": said},
    )
