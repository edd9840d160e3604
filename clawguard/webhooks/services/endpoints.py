"""Adding, changing, pausing and retiring endpoints, and rolling their secrets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import Actor
from clawguard.domain.lifecycles import EndpointState
from clawguard.events.errors import Refused
from clawguard.events.services import move, publish
from clawguard.ids import new_id
from clawguard.webhooks import addresses, policies, secrets
from clawguard.webhooks.models import Endpoint, WebhookDelivery
from clawguard.webhooks.services.locking import locked, locked_living
from clawguard.webhooks.services.waking import wake_after_commit
from clawguard.webhooks.topics import BY_NAME

MOST = 50  # living endpoints


@dataclass(frozen=True, slots=True)
class NewEndpoint:
    name: str
    url: str
    topics: Sequence[str]
    id: UUID | None = None  # of a form, so that it makes one endpoint however often it is sent


@transaction.atomic
def create_endpoint(actor: Actor, new: NewEndpoint, now: dt.datetime) -> tuple[Endpoint, str]:
    """The endpoint and its secret, which is shown this once. Raises NotAllowed, Refused."""
    policies.require_manager(actor)
    if new.id is not None and Endpoint.objects.filter(pk=new.id).exists():
        raise Refused("made_already", "This form made its endpoint already. It is in the list.")
    if Endpoint.objects.exclude(status=EndpointState.RETIRED).count() >= MOST:
        raise Refused("too_many", f"There are {MOST} endpoints. Retire one that nobody needs.")
    endpoint = Endpoint(
        id=new.id or new_id(),
        **_read(new.name, new.url, new.topics),
        created_at=now,
        created_by_name=actor.name,
        updated_at=now,
    )
    secret = secrets.put_new(endpoint)
    endpoint.save(force_insert=True)
    publish("webhook.created", endpoint, actor, now, {"topics": list(endpoint.topics)})
    return endpoint, secret


def _read(name: str, url: str, topics: Sequence[str]) -> dict[str, Any]:
    """The fields as they are kept. Raises Refused naming the one at fault."""
    kept = " ".join(name.split())
    if not kept or len(kept) > 80 or not kept.isprintable():
        raise Refused("name", "Give it a name of at most 80 letters, such as “Accounting”.", "/name")
    try:
        addresses.target_of(url)
    except addresses.BadAddress as reason:
        raise Refused("url", str(reason), "/url") from None
    chosen = [name for name in BY_NAME if name in topics]
    if not chosen or set(topics) - set(chosen):
        raise Refused("topics", "Choose at least one of the topics there are.", "/topics")
    return {"name": kept, "url": url, "topics": chosen}


@transaction.atomic
def change_endpoint(actor: Actor, endpoint_id: UUID, changes: dict[str, Any], now: dt.datetime) -> Endpoint:
    """Change ``name``, ``url`` or ``topics``. A new address hears what waits. Raises NotAllowed, NotFound, Refused."""
    policies.require_manager(actor)
    endpoint = locked_living(endpoint_id)
    given = {"name": endpoint.name, "url": endpoint.url, "topics": endpoint.topics, **changes}
    fields = {**_read(**given), "updated_at": now}
    if fields["url"] != endpoint.url:
        fields |= {"failures": 0, "failing_since": None, "quiet_until": None}
    changed = sorted(name for name in ("name", "url", "topics") if fields[name] != getattr(endpoint, name))
    for name, value in fields.items():
        setattr(endpoint, name, value)
    endpoint.save(update_fields=list(fields))
    publish("webhook.changed", endpoint, actor, now, {"fields": changed})
    wake_after_commit()
    return endpoint


@transaction.atomic
def pause_endpoint(actor: Actor, endpoint_id: UUID, now: dt.datetime) -> Endpoint:
    """Send nothing for now; what happens meanwhile waits. Raises NotAllowed, NotFound, WrongState."""
    policies.require_manager(actor)
    endpoint = locked(endpoint_id)
    move(endpoint, EndpointState.PAUSED, actor, now, "person", paused_for="person", updated_at=now)
    return endpoint


@transaction.atomic
def resume_endpoint(actor: Actor, endpoint_id: UUID, now: dt.datetime) -> Endpoint:
    """Send what waits, each message with three days anew. Raises NotAllowed, NotFound, WrongState."""
    policies.require_manager(actor)
    endpoint = locked(endpoint_id)
    fresh: dict[str, Any] = {"failures": 0, "failing_since": None, "quiet_until": None}
    move(endpoint, EndpointState.ACTIVE, actor, now, paused_for="", updated_at=now, **fresh)
    waiting = WebhookDelivery.objects.filter(endpoint=endpoint, done_at=None, parked_at=None)
    waiting.update(owed_since=now, run_after=now, attempts=0)
    wake_after_commit()
    return endpoint


@transaction.atomic
def retire_endpoint(actor: Actor, endpoint_id: UUID, now: dt.datetime) -> Endpoint:
    """For good: nothing more is sent or kept for it; its log stays. Raises NotAllowed, NotFound, WrongState."""
    policies.require_manager(actor)
    endpoint = locked(endpoint_id)
    move(endpoint, EndpointState.RETIRED, actor, now, paused_for="", former_secret=None, updated_at=now)
    WebhookDelivery.objects.filter(endpoint=endpoint, done_at=None, parked_at=None).update(parked_at=now)
    return endpoint


@transaction.atomic
def roll_secret(actor: Actor, endpoint_id: UUID, number: int, now: dt.datetime) -> tuple[Endpoint, str]:
    """A new secret, shown this once; the one before signs beside it for a day. ``number`` is the one to be replaced,
    so that a form sent twice rolls once. Raises NotAllowed, NotFound, Refused."""
    policies.require_manager(actor)
    endpoint = locked_living(endpoint_id)
    if endpoint.secret_number != number:
        raise Refused("rolled_already", "The secret was rolled since this page was opened. Look at it anew.")
    endpoint.former_secret, endpoint.former_until = endpoint.secret, now + secrets.OVERLAP
    endpoint.secret_number, endpoint.updated_at = number + 1, now
    secret = secrets.put_new(endpoint)
    endpoint.save(update_fields=["secret", "secret_number", "former_secret", "former_until", "updated_at"])
    publish("webhook.secret_rolled", endpoint, actor, now, {"number": endpoint.secret_number})
    return endpoint, secret
