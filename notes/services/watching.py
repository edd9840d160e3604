"""The watch of our own answer pages. Away for a quarter of an hour is an outage: nothing lapses meanwhile, and once
they answer again it is recorded by itself, as a lead would record it."""

from __future__ import annotations

import datetime as dt
import http.client
import logging
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from clawguard.accounts.actors import SYSTEM
from clawguard.events.errors import Refused
from notes.models import PageWatch
from notes.page_watch import OUTAGE_FROM, PAGES, STALE
from notes.services.outages import record_outage

log = logging.getLogger(__name__)

PATIENCE = 3  # seconds
REASON = "The answer pages did not answer the network's own watch."


def watch(now: dt.datetime) -> int:
    """What the plain loop calls: one look. Returns 1 when an outage was recorded. Off without ``WATCH_URL``."""
    return _seen(pages_answer(settings.WATCH_URL), now) if settings.WATCH_URL else 0


def pages_answer(url: str) -> bool:
    """Whether the address answers with success within a few seconds."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.netloc, timeout=PATIENCE)
    try:
        connection.request("GET", parts.path or "/", headers={"Connection": "close"})
        return 200 <= connection.getresponse().status < 400
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@transaction.atomic
def _seen(answering: bool, now: dt.datetime) -> int:
    first = {"checked_at": now, "down_since": None if answering else now}
    row, fresh = PageWatch.objects.select_for_update().get_or_create(name=PAGES, defaults=first)
    if fresh:
        return 0
    since = row.down_since
    if since is not None and row.checked_at < now - STALE:
        since = None  # nobody looked in between, so nobody knows; a lead records what was
    if answering:
        down_since, recorded = None, since is not None and _recorded(since, now)
    else:
        down_since, recorded = since or now, False
    PageWatch.objects.filter(pk=row.pk).update(checked_at=now, down_since=down_since)
    return int(recorded)


def _recorded(since: dt.datetime, now: dt.datetime) -> bool:
    if now - since < OUTAGE_FROM:
        return False
    try:
        record_outage(SYSTEM, since, now, REASON, now)
    except Refused as refused:  # longer than an outage may be: for a lead to look at
        log.error("outage.not_recorded", extra={"error": refused.code})
        return False
    log.warning("outage.recorded", extra={"seconds": int((now - since).total_seconds())})
    return True
