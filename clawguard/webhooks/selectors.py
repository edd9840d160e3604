"""Endpoints and their log, for those who may look."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from clawguard.accounts.actors import Actor
from clawguard.domain.lifecycles import EndpointState
from clawguard.events.errors import NotFound
from clawguard.webhooks import policies
from clawguard.webhooks.models import Endpoint, WebhookAttempt, WebhookDelivery

STATES = {
    "waiting": Q(done_at=None, parked_at=None),
    "taken": Q(done_at__isnull=False),
    "given_up": Q(parked_at__isnull=False),
}


def endpoints(actor: Actor) -> QuerySet[Endpoint]:
    """Those that were not retired, the newest first. Raises NotAllowed."""
    policies.require_reader(actor)
    return Endpoint.objects.exclude(status=EndpointState.RETIRED).order_by("-created_at", "-pk")


def get_endpoint(actor: Actor, endpoint_id: UUID) -> Endpoint:
    """One endpoint, retired or not. Raises NotAllowed, NotFound."""
    policies.require_reader(actor)
    endpoint = Endpoint.objects.filter(pk=endpoint_id).first()
    if endpoint is None:
        raise NotFound
    return endpoint


def deliveries(endpoint: Endpoint, state: str = "") -> QuerySet[WebhookDelivery]:
    """The endpoint's messages with every call made for them; ``state`` is a key of STATES, or empty for all."""
    rows = WebhookDelivery.objects.filter(STATES.get(state, Q()), endpoint=endpoint)
    return rows.prefetch_related(Prefetch("log", WebhookAttempt.objects.order_by("-pk")))


@dataclass(frozen=True, slots=True)
class LogPage:
    rows: list[WebhookDelivery]
    next_mark: str  # empty on the last page


def log_page(endpoint: Endpoint, state: str, after: str, size: int) -> LogPage:
    """One page of the log, the newest first."""
    rows = deliveries(endpoint, state)
    if after.isascii() and after.isdigit() and len(after) < 19:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows.order_by("-pk")[: size + 1])
    return LogPage(found[:size], str(found[size - 1].pk) if len(found) > size else "")


def paused_by_themselves() -> QuerySet[Endpoint]:
    """Endpoints that wait for a person, because they took nothing for long. Holds no secret and no client data."""
    return Endpoint.objects.filter(status=EndpointState.PAUSED).exclude(paused_for="person").order_by("updated_at")


def warning(now: dt.datetime) -> str:
    """For readiness: a sentence where an endpoint waits for a person, or nothing."""
    return "A webhook endpoint was paused because it took nothing." if paused_by_themselves().exists() else ""
