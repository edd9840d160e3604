"""Housekeeping of the event log (waking what waits, sealing the chain, a sign of life), and mails to sign in."""

from __future__ import annotations

import datetime as dt

from celery import shared_task

from clawguard.clock import now as read_clock
from clawguard.events import chain, outbox, signing_in
from clawguard.events.handling import handler
from clawguard.events.models import Event
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


@handler
def mail_way_in(event: Event, now: dt.datetime) -> None:
    signing_in.mail_asked(int(event.subject_id), now)
