"""Housekeeping of the event log: waking what waits, sealing the chain, showing a sign of life."""

from __future__ import annotations

from celery import shared_task

from clawguard.clock import now as read_clock
from clawguard.events import chain, outbox
from clawguard.events.nudge import SEVERAL


@shared_task(name="clawguard.events.tasks.redeliver")
def redeliver(**_later: object) -> None:
    outbox.redeliver(read_clock())


@shared_task(name=SEVERAL)
def run_several(delivery_ids: list[int], **_later: object) -> None:
    """Run deliveries that came about together, each by itself: in its own transaction, with its own attempts."""
    outbox.run_these(delivery_ids)


@shared_task(name="clawguard.events.tasks.seal")
def seal(**_later: object) -> None:
    chain.seal()


@shared_task(name="clawguard.events.tasks.canary")
def canary(**_later: object) -> None:
    """A row written by a worker that truly consumes; answering a ping proves less (a deaf worker still does)."""
    outbox.beat("worker", read_clock())
