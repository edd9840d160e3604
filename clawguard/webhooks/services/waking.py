"""Telling a worker that messages wait. A lost call changes nothing: beat and the plain loop look every few seconds."""

from __future__ import annotations

from django.db import transaction

from clawguard.events import nudge

TASK, QUEUE = "clawguard.webhooks.tasks.send_waiting", "hooks"


def wake() -> None:
    nudge.wake(TASK, QUEUE)


def wake_after_commit() -> None:
    transaction.on_commit(wake, robust=True)
