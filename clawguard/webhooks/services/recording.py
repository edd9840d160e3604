"""Writing down what endpoints are owed, in the transaction of the event that they are to hear of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import models, transaction

from clawguard.accounts.actors import Actor
from clawguard.clock import now as read_clock
from clawguard.domain.lifecycles import EndpointState
from clawguard.events.models import Event
from clawguard.events.services import publish
from clawguard.ids import new_id_text
from clawguard.webhooks import policies, topics
from clawguard.webhooks.models import Endpoint, WebhookDelivery
from clawguard.webhooks.services.locking import locked_living
from clawguard.webhooks.services.waking import wake_after_commit


def hear(name: str, subjects: Sequence[models.Model], events: Sequence[Event]) -> None:
    """Owe every endpoint that chose the topic of this event its message. Paused ones too: they get it later."""
    topic = topics.BY_EVENT.get(name)
    if topic is None:
        return
    chosen = Endpoint.objects.filter(topics__contains=[topic.name]).exclude(status=EndpointState.RETIRED)
    endpoints = list(chosen.values_list("pk", flat=True))
    if not endpoints:
        return
    now = read_clock()  # when it is owed since; the event itself may be dated earlier
    told = [
        (event, each) for subject, event in zip(subjects, events, strict=True) for each in _said(topic, subject, event)
    ]
    WebhookDelivery.objects.bulk_create(
        _row(endpoint, message, now, event=event) for event, message in told for endpoint in endpoints
    )
    wake_after_commit()


def _said(topic: topics.Topic, subject: models.Model, event: Event) -> list[topics.Message]:
    return list(topics.messages(topic, subject, event))


def _row(endpoint_id: UUID, message: topics.Message, now: dt.datetime, **more: Any) -> WebhookDelivery:
    return WebhookDelivery(
        endpoint_id=endpoint_id,
        topic=message.topic,
        thread=message.thread,
        body=message.body,
        created_at=now,
        owed_since=now,
        run_after=now,
        **more,
    )


@transaction.atomic
def send_test(actor: Actor, endpoint_id: UUID, now: dt.datetime) -> WebhookDelivery:
    """Owe the endpoint a message that nothing happened for. Raises NotAllowed, NotFound, Refused."""
    policies.require_manager(actor)
    endpoint = locked_living(endpoint_id)
    body = topics.body_of(topics.TEST, None, {"endpoint": str(endpoint.pk)}, now.isoformat())
    row = _row(endpoint.pk, topics.Message(topics.TEST, new_id_text(), body), now)
    row.save(force_insert=True)
    publish("webhook.tested", endpoint, actor, now)
    wake_after_commit()
    return row
