"""Background work that was given up after repeated failure, and trying it again."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clawguard.accounts.actors import Actor
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import Delivery
from clawguard.events.nudge import nudge
from disputes import policies


@transaction.atomic
def retry_delivery(actor: Actor, delivery_id: int, now: dt.datetime) -> Delivery:
    """Put parked work back in line, with its attempts counted anew. Leads and administrators may; it shows ids only."""
    policies.require_operator(actor)
    delivery = Delivery.objects.select_for_update().filter(pk=delivery_id).first()
    if delivery is None:
        raise NotFound
    if delivery.parked_at is None:
        raise Refused("not_parked", "This work is not waiting for anybody: it is done or in line.")
    delivery.parked_at, delivery.attempts, delivery.run_after, delivery.lease_until = None, 0, now, None
    delivery.save(update_fields=["parked_at", "attempts", "run_after", "lease_until"])
    transaction.on_commit(lambda: nudge([delivery]), robust=True)
    return delivery
