"""Waking a worker. A lost, late or doubled nudge changes nothing: the Delivery rows are the truth and are swept."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from celery import current_app

from clawguard.events.models import Delivery

log = logging.getLogger(__name__)

QUIET_SECONDS = 15.0
SEVERAL = "clawguard.events.tasks.run_several"
FEW, TOGETHER = 8, 20
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
    _guarded(lambda: _send(deliveries))


def wake(task: str, queue: str) -> None:
    """Tell the broker that work of this task waits, whose rows it finds by itself; as careful as ``nudge``."""
    _guarded(lambda: current_app.send_task(task, queue=queue))


def _guarded(send: Callable[[], object]) -> None:
    global _quiet_until
    if time.monotonic() < _quiet_until:
        return
    try:
        send()
    except Exception as error:  # whatever a broken broker raises, the work itself is safe in the database
        _quiet_until = time.monotonic() + QUIET_SECONDS
        log.warning("broker.unreachable", extra={"error": type(error).__name__})


def _send(deliveries: Iterable[Delivery]) -> None:
    with current_app.producer_or_acquire() as producer:
        for message in messages(list(deliveries)):
            current_app.send_task(message.task, args=[message.argument], queue=message.queue, producer=producer)


class Message(NamedTuple):
    task: str
    argument: int | list[int]  # a delivery's id, or several
    queue: str


def messages(deliveries: Sequence[Delivery]) -> Iterator[Message]:
    """One message each for a few; many share messages, because sending a thousand takes longer than their cause did."""
    if len(deliveries) <= FEW:
        yield from (Message(row.task, row.pk, row.queue) for row in deliveries)
        return
    per_queue: dict[str, list[int]] = {}
    for row in deliveries:
        per_queue.setdefault(row.queue, []).append(row.pk)
    for queue, keys in per_queue.items():
        for first in range(0, len(keys), TOGETHER):
            yield Message(SEVERAL, keys[first : first + TOGETHER], queue)
