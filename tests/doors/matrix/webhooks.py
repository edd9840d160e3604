"""Webhooks: administrators and programs with the scope run them, auditors look."""

from __future__ import annotations

from tests.builders import NOW
from tests.doors.matrix.row import Row, fixed
from tests.world import World
from tests.world_webhooks import URL

SCOPE = "webhooks:manage"
SEES, DOES = "403 403 403 403 403 Y Y in in in", "403 403 403 403 403 403 Y in in in"
API_SEES, API_DOES = "403 403 403 403 403 Y Y Y 403 401", "403 403 403 403 403 403 Y Y 403 401"
ONE, PAUSED = {"endpoint_id": "webhook"}, {"endpoint_id": "paused webhook"}
NEW = {"name": "Data warehouse", "url": URL, "topics": ["case.opened"]}
PERIOD = {"from": f"{NOW:%Y-%m-%d}", "to": f"{NOW:%Y-%m-%d}"}


def form(_world: World) -> dict[str, object]:
    return {**NEW, "form": "0190f5b0-0000-7000-8000-000000000002"}


ROWS = (
    Row("webhooks", "GET", SEES),
    Row("webhooks", "POST", DOES, body=form),
    Row("webhook", "GET", SEES, ONE),
    Row("webhook", "POST", DOES, ONE, fixed(NEW)),
    Row("webhook-pause", "POST", DOES, ONE),
    Row("webhook-resume", "POST", DOES, PAUSED),
    Row("webhook-retire", "POST", DOES, ONE),
    Row("webhook-secret", "POST", DOES, ONE, fixed({"number": "1"})),
    Row("webhook-test", "POST", DOES, ONE),
    Row("webhook-replay-period", "POST", DOES, ONE, fixed(PERIOD)),
    Row("webhook-replay", "POST", DOES, {**ONE, "message_id": "webhook message"}),
    Row("api-webhooks", "GET", API_SEES, scope=SCOPE),
    Row("api-webhooks", "POST", API_DOES, body=fixed(NEW), scope=SCOPE),
    Row("api-webhook", "GET", API_SEES, ONE, scope=SCOPE),
    Row("api-webhook", "PATCH", API_DOES, ONE, fixed({"name": "Ledger"}), {"If-Match": "*"}, scope=SCOPE),
    Row("api-webhook", "DELETE", API_DOES, ONE, scope=SCOPE),
    Row("api-webhook-pause", "POST", API_DOES, ONE, scope=SCOPE),
    Row("api-webhook-resume", "POST", API_DOES, PAUSED, scope=SCOPE),
    Row("api-webhook-secret", "POST", API_DOES, ONE, scope=SCOPE),
    Row("api-webhook-test", "POST", API_DOES, ONE, scope=SCOPE),
    Row("api-webhook-deliveries", "GET", API_SEES, ONE, scope=SCOPE),
    Row(
        "api-webhook-replay",
        "POST",
        API_DOES,
        ONE,
        lambda world: {"message": str(world.rows["webhook message"].message_id)},
        scope=SCOPE,
    ),
)
