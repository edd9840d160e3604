"""Sending again what was sent or given up, under the same ids: whoever took a message already knows it by its id."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from clawguard.accounts.actors import Actor
from clawguard.events.errors import NotFound, Refused
from clawguard.events.services import publish
from clawguard.webhooks import policies
from clawguard.webhooks.models import Endpoint, WebhookDelivery
from clawguard.webhooks.services.locking import locked_living
from clawguard.webhooks.services.waking import wake_after_commit

MOST = 10_000  # messages at once


@transaction.atomic
def replay_message(actor: Actor, endpoint_id: UUID, message_id: UUID, now: dt.datetime) -> WebhookDelivery:
    """Send one message again. Raises NotAllowed, NotFound, and Refused while it waits to be sent anyway."""
    policies.require_manager(actor)
    endpoint = locked_living(endpoint_id)
    rows = WebhookDelivery.objects.filter(endpoint=endpoint, message_id=message_id)
    if not rows.exists():
        raise NotFound
    if not _again(endpoint, rows, actor, now):
        raise Refused("waits", "This message waits to be sent already.")
    return rows.get()


@transaction.atomic
def replay_period(
    actor: Actor,
    endpoint_id: UUID,
    start: dt.datetime,
    end: dt.datetime,
    now: dt.datetime,
    *,
    parked_only: bool = False,
) -> int:
    """Send again what came about from ``start`` until before ``end``; with ``parked_only`` what was given up, only.

    Returns how many messages. Raises NotAllowed, NotFound, Refused.
    """
    policies.require_manager(actor)
    endpoint = locked_living(endpoint_id)
    if start >= end:
        raise Refused("period", "The period must end after it begins.", "/to")
    rows = WebhookDelivery.objects.filter(endpoint=endpoint, created_at__gte=start, created_at__lt=end)
    rows = rows.filter(parked_at__isnull=False) if parked_only else rows
    if rows.count() > MOST:
        raise Refused("too_many", f"More than {MOST:,} messages. Choose a shorter period.", "/to")
    return _again(endpoint, rows, actor, now)


def _again(endpoint: Endpoint, rows: QuerySet[WebhookDelivery], actor: Actor, now: dt.datetime) -> int:
    over = rows.filter(Q(done_at__isnull=False) | Q(parked_at__isnull=False))
    fresh = {"done_at": None, "parked_at": None, "lease_until": None, "attempts": 0}
    count = over.update(**fresh, owed_since=now, run_after=now)
    if count:
        publish("webhook.replayed", endpoint, actor, now, {"messages": count})
        wake_after_commit()
    return count
