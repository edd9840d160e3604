"""Waking a worker. A lost, late or doubled nudge changes nothing: the Delivery rows are the truth and are swept."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from celery import current_app

from clawguard.events.models import Delivery

log = logging.getLogger(__name__)

QUIET_SECONDS = 15.0
_quiet_until = 0.0


@contextmanager
def silence() -> Iterator[None]:
    """Tell nobody meanwhile: for work that runs its own deliveries, such as the telling of a demo network."""
    global _quiet_until
    _quiet_until = float("inf")
    try:
        yield
    finally:
        _quiet_until = 0.0


def nudge(deliveries: Iterable[Delivery]) -> None:
    """Tell the broker that these deliveries wait.

    After a failure the broker is left alone for a while, so that a user's request never waits for it twice; the sweep
    finds what was not told.
    """
    global _quiet_until
    if time.monotonic() < _quiet_until:
        return
    try:
        _send(deliveries)
    except Exception as error:  # whatever a broken broker raises, the work itself is safe in the database
        _quiet_until = time.monotonic() + QUIET_SECONDS
        log.warning("broker.unreachable", extra={"error": type(error).__name__})


def _send(deliveries: Iterable[Delivery]) -> None:
    with current_app.producer_or_acquire() as producer:
        for delivery in deliveries:
            current_app.send_task(delivery.task, args=[delivery.pk], queue=delivery.queue, producer=producer)
