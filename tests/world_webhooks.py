"""Endpoints of other systems as they stand in life: at work, paused, and with a message that was taken."""

from __future__ import annotations

from typing import Any

from clawguard.webhooks import services
from clawguard.webhooks.models import WebhookDelivery
from tests.builders import NOW

URL = "https://hooks.example.com/clawguard"


def another(world: Any) -> None:
    services.create_endpoint(world.actor("admin"), services.NewEndpoint("Ledger", URL, ["case.opened"]), NOW)


def build(world: Any) -> None:
    admin = world.actor("admin")
    new = services.NewEndpoint("Accounting", URL, ["adjustment.proposed"])
    world.rows["webhook"], _secret = services.create_endpoint(admin, new, NOW)
    world.rows["paused webhook"], _secret = services.create_endpoint(admin, new, NOW)
    services.pause_endpoint(admin, world.rows["paused webhook"].pk, NOW)
    message = services.send_test(admin, world.rows["webhook"].pk, NOW)
    WebhookDelivery.objects.filter(pk=message.pk).update(done_at=NOW)
    world.rows["webhook message"] = message
