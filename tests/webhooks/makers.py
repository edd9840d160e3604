"""Endpoints and things that happen, for tests of webhooks."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import User
from clawguard.clock import pretend
from clawguard.webhooks import services
from clawguard.webhooks.models import Endpoint, WebhookDelivery
from clawguard.webhooks.topics import BY_NAME
from tests.builders import NOW

URL = "https://hooks.example.com/in"


def endpoint(administrator: User, *topics: str, **changes: Any) -> Endpoint:
    """An endpoint that hears of ``topics``, or of all there are."""
    return made(administrator, *topics, **changes)[0]


def made(administrator: User, *topics: str, **changes: Any) -> tuple[Endpoint, str]:
    """The same with its secret."""
    given = {"name": "Accounting", "url": URL, "topics": topics or tuple(BY_NAME), **changes}
    return services.create_endpoint(of_user(administrator), services.NewEndpoint(**given), NOW)


def owed(endpoint: Endpoint) -> list[WebhookDelivery]:
    return list(WebhookDelivery.objects.filter(endpoint=endpoint).order_by("pk"))


def told(endpoint: Endpoint) -> list[tuple[str, dict[str, Any]]]:
    """Topic and data of every message, in order."""
    return [(row.topic, json.loads(row.body)["data"]) for row in owed(endpoint)]


def send(now: dt.datetime) -> int:
    """Send what waits as if it were ``now``. Returns how many calls were made."""
    return services.send_waiting(lambda: now)


def happened(administrator: User, *endpoints: Endpoint, now: dt.datetime = NOW) -> list[WebhookDelivery]:
    """One message to each of these endpoints, each in a thread of its own."""
    with pretend(now):
        return [services.send_test(SYSTEM, each.pk, now) for each in endpoints]
