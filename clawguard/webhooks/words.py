"""States of endpoints and messages, in words for pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clawguard.domain.lifecycles import EndpointState
from clawguard.webhooks.models import Endpoint, WebhookDelivery
from clawguard.webhooks.sending import SAID

PAUSED = {
    "person": "Paused: messages wait",
    "failing": "Paused by itself: it took nothing for three days",
    "gone": "Paused by itself: it answered that it is gone",
}
STATES = (("waiting", "Waiting"), ("taken", "Taken"), ("given_up", "Given up"))


def of_endpoint(endpoint: Endpoint) -> str:
    if endpoint.status == EndpointState.PAUSED:
        return PAUSED[endpoint.paused_for]
    if endpoint.status == EndpointState.RETIRED:
        return "Retired"
    return "Active, last call not taken" if endpoint.failures else "Active"


def of_delivery(row: WebhookDelivery) -> str:
    if row.done_at is not None:
        return "Taken"
    return "Given up" if row.parked_at is not None else "Waiting"


def log_row(row: WebhookDelivery, now: dt.datetime) -> dict[str, Any]:
    """One message of the log with its calls, the latest first."""
    calls = [
        {"at": each.at, "status": each.status_code, "words": SAID[each.said], "ms": each.milliseconds}
        for each in row.log.all()
    ]
    waits = row.done_at is None and row.parked_at is None
    return {
        "row": row,
        "state": of_delivery(row),
        "calls": calls,
        "last": calls[0] if calls else None,
        "next_at": row.run_after if waits and row.run_after > now else None,
        "over": not waits,
    }
