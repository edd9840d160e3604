"""/webhooks: endpoints, their secrets, their log, and sending again."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access import bodies
from clawguard.access.api import ApiView, cursor_page, etag_of, idempotent, query, refuse_words, require_match
from clawguard.access.idempotency import ShownOnce
from clawguard.access.schema import documented, listing
from clawguard.webhooks import addresses, selectors, services
from clawguard.webhooks.models import Endpoint, WebhookDelivery
from clawguard.webhooks.policies import MANAGE
from clawguard.webhooks.topics import BY_NAME
from clawguard.webhooks.words import of_delivery

ENDPOINT = {"type": "object", "description": "An address, the topics it chose and how it is doing. Never a secret."}
WITH_SECRET = {"type": "object", "description": "The endpoint and `secret`, which is shown this once."}
DELIVERY = {"type": "object", "description": "A message: what was sent, and every call with its status."}
LIST = {"type": "array", "items": {"type": "string", "enum": list(BY_NAME)}}


def url(value: Any) -> str:
    """An address that may be called."""
    try:
        addresses.target_of(bodies.line(value))
    except addresses.BadAddress as reason:
        raise bodies.Unreadable(str(reason)) from None
    return str(value)


def topics(value: Any) -> tuple[str, ...]:
    found = bodies.names(value)
    if not found or set(found) - set(BY_NAME):
        raise bodies.Unreadable(f"Give at least one of {', '.join(BY_NAME)}.")
    return found


FIELDS = {"name": bodies.line, "url": url, "topics": topics}
PERIOD = {
    "message": bodies.identifier,
    "from": bodies.instant,
    "to": bodies.instant,
    "given_up_only": bodies.flag,
}


def endpoint_dict(row: Endpoint) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "name": row.name,
        "url": row.url,
        "topics": row.topics,
        "status": row.status,
        "paused_for": row.paused_for or None,
        "failures": row.failures,
        "failing_since": row.failing_since,
        "former_secret_until": row.former_until,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
    }


def delivery_dict(row: WebhookDelivery) -> dict[str, Any]:
    waits = row.done_at is None and row.parked_at is None
    return {
        "id": str(row.message_id),
        "topic": row.topic,
        "state": of_delivery(row).lower().replace(" ", "_"),
        "created_at": row.created_at,
        "next_attempt_at": row.run_after if waits else None,
        "taken_at": row.done_at,
        "given_up_at": row.parked_at,
        "payload": json.loads(row.body),
        "calls": [
            {"at": call.at, "milliseconds": call.milliseconds, "status": call.status_code, "result": call.said}
            for call in row.log.all()
        ],
    }


def _answer(row: Endpoint, status: int = 200) -> Response:
    return Response(endpoint_dict(row), status, headers={"ETag": _etag(row)})


def _etag(row: Endpoint) -> str:
    return etag_of(row.pk, row.status, int(row.updated_at.timestamp() * 1_000_000))


def _with_secret(row: Endpoint, secret: str, status: int = 200) -> Response:
    """The secret leaves here once: a repeated request is answered without it."""
    shown = endpoint_dict(row)
    return ShownOnce({**shown, "secret": secret}, {**shown, "secret": None}, status)


class Endpoints(ApiView):
    @documented("Webhook endpoints", answer=listing(ENDPOINT), scope=MANAGE)
    def get(self, request: Request) -> Response:
        query(request, {})
        return cursor_page(request, selectors.endpoints(self.actor), endpoint_dict, order=("-created_at", "-id"))

    @documented(
        "Add a webhook endpoint",
        about="https on port 443 of a public host. The answer holds the secret that signs; it is shown this once, and a"
        " repeated request is answered without it.",
        body=bodies.schema(FIELDS, topics=LIST),
        answer=WITH_SECRET,
        status=201,
        scope=MANAGE,
    )
    @idempotent
    def post(self, request: Request) -> Response:
        new = services.NewEndpoint(**bodies.read(request, FIELDS, required=tuple(FIELDS)))
        return _with_secret(*services.create_endpoint(self.actor, new, self.now), 201)


class EndpointDetail(ApiView):
    @documented("One webhook endpoint", answer=ENDPOINT, scope=MANAGE)
    def get(self, request: Request, endpoint_id: UUID) -> Response:
        query(request, {}, page=False)
        return _answer(selectors.get_endpoint(self.actor, endpoint_id))

    @documented(
        "Change a webhook endpoint",
        about="Needs `If-Match`. What waits is sent to the new address.",
        body=bodies.schema(FIELDS, topics=LIST),
        answer=ENDPOINT,
        scope=MANAGE,
    )
    def patch(self, request: Request, endpoint_id: UUID) -> Response:
        require_match(request, _etag(selectors.get_endpoint(self.actor, endpoint_id)))
        changes = bodies.read(request, FIELDS)
        return _answer(services.change_endpoint(self.actor, endpoint_id, changes, self.now))

    @documented("Retire a webhook endpoint for good; its log stays", answer=ENDPOINT, scope=MANAGE)
    def delete(self, request: Request, endpoint_id: UUID) -> Response:
        return _answer(services.retire_endpoint(self.actor, endpoint_id, self.now))


class Pause(ApiView):
    @documented("Pause: what happens meanwhile waits", answer=ENDPOINT, scope=MANAGE)
    @idempotent
    def post(self, request: Request, endpoint_id: UUID) -> Response:
        refuse_words(request)
        return _answer(services.pause_endpoint(self.actor, endpoint_id, self.now))


class Resume(ApiView):
    @documented("Resume: what waited is sent", answer=ENDPOINT, scope=MANAGE)
    @idempotent
    def post(self, request: Request, endpoint_id: UUID) -> Response:
        refuse_words(request)
        return _answer(services.resume_endpoint(self.actor, endpoint_id, self.now))


class Secret(ApiView):
    @documented(
        "Roll the secret",
        about="The secret before signs beside the new one for 24 hours. The new one is shown this once.",
        answer=WITH_SECRET,
        status=201,
        scope=MANAGE,
    )
    @idempotent
    def post(self, request: Request, endpoint_id: UUID) -> Response:
        refuse_words(request)
        number = selectors.get_endpoint(self.actor, endpoint_id).secret_number
        return _with_secret(*services.roll_secret(self.actor, endpoint_id, number, self.now), 201)


class Test(ApiView):
    @documented("Send a test message", answer=DELIVERY, status=201, scope=MANAGE)
    @idempotent
    def post(self, request: Request, endpoint_id: UUID) -> Response:
        refuse_words(request)
        return Response(delivery_dict(services.send_test(self.actor, endpoint_id, self.now)), 201)


class Deliveries(ApiView):
    @documented(
        "The log of a webhook endpoint",
        answer=listing(DELIVERY),
        query={"state": "waiting, taken or given_up"},
        scope=MANAGE,
    )
    def get(self, request: Request, endpoint_id: UUID) -> Response:
        asked = query(request, {"state": tuple(selectors.STATES)})
        rows = selectors.deliveries(selectors.get_endpoint(self.actor, endpoint_id), asked.get("state", ""))
        return cursor_page(request, rows, delivery_dict, order="-id")


class Replay(ApiView):
    @documented(
        "Send again",
        about="One `message`, or everything that came about from `from` until before `to`; with `given_up_only` no more"
        " than was given up. The ids of the messages stay the same.",
        body=bodies.schema(PERIOD, given_up_only={"type": "boolean"}),
        answer={"type": "object", "properties": {"messages": {"type": "integer"}}},
        scope=MANAGE,
    )
    @idempotent
    def post(self, request: Request, endpoint_id: UUID) -> Response:
        if "message" in (asked := bodies.read(request, PERIOD)):
            services.replay_message(self.actor, endpoint_id, asked["message"], self.now)
            return Response({"messages": 1})
        asked = bodies.read(request, PERIOD, required=("from", "to"))
        period, only = (asked["from"], asked["to"]), asked.get("given_up_only", False)
        return Response(
            {"messages": services.replay_period(self.actor, endpoint_id, *period, self.now, parked_only=only)}
        )
