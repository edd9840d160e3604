"""Housekeeping of the event log: waking what waits, sealing the chain, showing a sign of life."""

from __future__ import annotations

from celery import shared_task

from clawguard.clock import now as read_clock
from clawguard.events import chain, outbox


@shared_task(name="clawguard.events.tasks.redeliver")
def redeliver(**_later: object) -> None:
    outbox.redeliver(read_clock())


@shared_task(name="clawguard.events.tasks.seal")
def seal(**_later: object) -> None:
    chain.seal()


@shared_task(name="clawguard.events.tasks.canary")
def canary(**_later: object) -> None:
    """A row written by a worker that truly consumes; answering a ping proves less (a deaf worker still does)."""
    outbox.beat("worker", read_clock())
