"""What wakes the sending of webhooks: a change, beat, or the plain loop. Each may come any number of times."""

from __future__ import annotations

from celery import shared_task

from clawguard.clock import now as read_clock
from clawguard.webhooks import services


@shared_task(name="clawguard.webhooks.tasks.send_waiting")
def send_waiting(**_later: object) -> None:
    services.send_waiting(read_clock)
