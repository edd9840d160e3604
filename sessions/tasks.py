"""The background door: each handler calls one service and may be run any number of times."""

from __future__ import annotations

import datetime as dt

from clawguard.events.handling import handler
from clawguard.events.models import Event
from sessions import services


@handler
def screen(event: Event, now: dt.datetime) -> None:
    """Screen the chunk that was stored or corrected."""
    services.screen_chunk(event.payload["chunk"], now)
