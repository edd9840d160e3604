"""Signs of life: /healthz says that this process answers, /readyz that what it stands on does its work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe
from redis import Redis, RedisError

from clawguard.clock import now as read_clock
from clawguard.events import outbox
from clawguard.events.models import Heartbeat, PendingSeal

# seconds of silence after which a part counts as down
SILENCE = {"worker": 90, "sweeper": 60, "redeliver": 60}
# Filled by the apps when they start: each says in a sentence what is amiss, or nothing.
WARNINGS: list[Callable[[dt.datetime], str]] = []
OLDEST_DELIVERY = dt.timedelta(seconds=120)


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when everything works; 503 naming the parts that do not. Holds no counts of anything clinical."""
    try:
        parts = {**_database_parts(), "broker": _broker()}
    except DatabaseError:
        parts = {"database": "down"}
    good = all(state == "ok" for state in parts.values())
    shown = {"status": "ok" if good else "degraded", "parts": parts, "warnings": _warnings(parts)}
    return JsonResponse(shown, status=200 if good else 503)


def _warnings(parts: dict[str, str]) -> list[str]:
    """What wants a person's attention some day and keeps nothing from working now."""
    if parts["database"] != "ok":
        return []
    now = read_clock()
    return [said for warning in WARNINGS if (said := warning(now))]


def _database_parts() -> dict[str, str]:
    now = read_clock()
    beats = dict(Heartbeat.objects.filter(name__in=SILENCE).values_list("name", "at"))
    parts = {"database": "ok"}
    for name, seconds in SILENCE.items():
        at = beats.get(name)
        silent = at is None or now - at > dt.timedelta(seconds=seconds)
        parts[name] = "silent" if silent else "ok"
    parts["deliveries"] = "late" if outbox.waiting(now - OLDEST_DELIVERY).exists() else "ok"
    oldest = PendingSeal.objects.select_related("event").order_by("event_id").first()
    late = oldest is not None and now - oldest.event.recorded_at > dt.timedelta(seconds=60)
    parts["audit"] = "late" if late else "ok"
    return parts


def _broker() -> str:
    try:
        with Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2) as broker:
            broker.ping()
    except RedisError:
        return "down"
    return "ok"
