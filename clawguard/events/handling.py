"""How a task handles an event: claim the delivery, do the work and mark it done in one transaction."""

from __future__ import annotations

import datetime as dt
import logging
import traceback
from collections.abc import Callable
from typing import Any

from celery import shared_task
from django.db import transaction
from django.db.models import F

from clawguard.clock import now as read_clock
from clawguard.events.models import Delivery, Event

log = logging.getLogger(__name__)

# While a worker is at a delivery it holds the row's lock, which a killed process loses at once. The lease only bridges
# the moment between claiming a delivery and locking it, so that work of a dead worker is taken over within seconds.
LEASE = dt.timedelta(seconds=15)
MOST_ATTEMPTS = 5
MOST_STARTS = 8  # of work that neither succeeded nor failed: it takes its process down with it
Handler = Callable[[Event, dt.datetime], None]


class NotYet(Exception):
    """What a handler raises when it cannot act before ``until`` (UTC), at night for instance. Nothing went wrong here:
    the delivery waits until then, and what was done so far is rolled back. ``why`` is shown to those who watch."""

    def __init__(self, until: dt.datetime, why: str = "") -> None:
        super().__init__(until)
        self.until, self.why = until, why


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
    if not _claim(delivery_id, now, lease):
        return False
    row = Delivery.objects.filter(pk=delivery_id)
    try:
        with transaction.atomic():
            delivery = row.filter(lease_until=lease).select_for_update(of=("self",)).select_related("event").first()
            if delivery is None:
                raise LeaseLost
            if delivery.attempts > MOST_STARTS:
                row.update(parked_at=now, lease_until=None, last_error="its process ended every time")
                return False
            function(delivery.event, now)
            row.update(done_at=read_clock(), lease_until=None, last_error="")
    except LeaseLost:
        return False
    except NotYet as early:
        _postpone(delivery_id, lease, early)
        return False
    except Exception as error:
        _put_back(delivery_id, lease, now, error)
        return False
    return True


@transaction.atomic
def _claim(delivery_id: int, now: dt.datetime, lease: dt.datetime) -> bool:
    """Take the lease, unless somebody holds it. The row is looked up by its id and judged here: a condition on its
    marks would send PostgreSQL through the index of everything that waits."""
    row = Delivery.objects.select_for_update(skip_locked=True).filter(pk=delivery_id).first()
    if row is None or row.done_at or row.parked_at or (row.lease_until and row.lease_until >= now):
        return False
    Delivery.objects.filter(pk=delivery_id).update(lease_until=lease, attempts=row.attempts + 1)
    return True


def _postpone(delivery_id: int, lease: dt.datetime, early: NotYet) -> None:
    waiting = {"run_after": early.until, "attempts": F("attempts") - 1}  # it was no attempt
    Delivery.objects.filter(pk=delivery_id, lease_until=lease).update(lease_until=None, last_error=early.why, **waiting)


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
