"""Messages and their log are kept for a while, to be looked at and sent again; then they are forgotten."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from clawguard.domain.lifecycles import EndpointState
from clawguard.webhooks.models import WebhookDelivery

KEPT = dt.timedelta(days=90)
BATCH = 10_000


def forget_old(now: dt.datetime) -> int:
    """Delete what is older and not waiting to be sent to an active endpoint. Returns how many messages."""
    over = Q(done_at__isnull=False) | Q(parked_at__isnull=False) | ~Q(endpoint__status=EndpointState.ACTIVE)
    old = WebhookDelivery.objects.filter(over, created_at__lt=now - KEPT).order_by("created_at")
    forgotten = 0
    while keys := list(old.values_list("pk", flat=True)[:BATCH]):
        WebhookDelivery.objects.filter(pk__in=keys).delete()
        forgotten += len(keys)
    return forgotten
