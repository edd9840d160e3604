"""The watch of our own answer pages. Away for a quarter of an hour is an outage: nothing lapses meanwhile, and once
they answer again it is recorded by itself, as a lead would record it. An address at which they never answered tells
nothing of them: there the watch cannot look."""

from __future__ import annotations

import datetime as dt
import http.client
import logging
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from clawguard import installation
from clawguard.accounts.actors import SYSTEM
from clawguard.events.errors import Refused
from notes.models import Missed, PageWatch
from notes.page_watch import OUTAGE_FROM, PAGES, STALE
from notes.services.outages import record_outage

log = logging.getLogger(__name__)

PATIENCE = 3  # seconds
REASON = "The answer pages did not answer the network's own watch."


def watch(now: dt.datetime) -> int:
    """What the plain loop calls: one look. Returns 1 when an outage was recorded. Off without ``WATCH_URL``."""
    address = settings.WATCH_URL
    return _seen(address, pages_answer(address), now) if address else 0


def pages_answer(url: str) -> bool:
    """Whether the address answers with success within a few seconds, and it is this installation that answers."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.netloc, timeout=PATIENCE)
    try:
        connection.request("GET", parts.path or "/", headers={"Connection": "close"})
        answer = connection.getresponse()
        return 200 <= answer.status < 400 and installation.is_ours(answer.headers.get(installation.HEADER, ""))
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@transaction.atomic
def _seen(address: str, answering: bool, now: dt.datetime) -> int:
    first = {
        "checked_at": now,
        "down_since": None if answering else now,
        "missed": Missed.FIRST,
        "address": address,
        "found_address": address if answering else "",
    }
    row, fresh = PageWatch.objects.select_for_update().get_or_create(name=PAGES, defaults=first)
    if fresh:
        return 0
    since, missed = _so_far(row, address, now)
    recorded = answering and since is not None and missed != Missed.UNSEEN and _recorded(since, now)
    if answering:
        since, row.found_address = None, address
    elif since is None:
        since, missed = now, _meaning(row, address)
    row.checked_at, row.down_since, row.missed, row.address = now, since, missed, address
    row.save()
    return int(recorded)


def _so_far(row: PageWatch, address: str, now: dt.datetime) -> tuple[dt.datetime | None, str]:
    """Since when the pages have been missed, and what that means, before this look."""
    if row.down_since is None or row.checked_at < now - STALE:
        return None, Missed.AWAY  # nobody looked in between, so nobody knows; a lead records what was
    if row.missed == Missed.FIRST and row.address != address:
        return row.down_since, Missed.UNSEEN
    if row.missed == Missed.UNSEEN and address == row.found_address:
        return None, Missed.AWAY  # back at an address of theirs: only what is missed there counts
    return row.down_since, row.missed


def _meaning(row: PageWatch, address: str) -> str:
    if address == row.found_address:
        return Missed.AWAY
    return Missed.UNSEEN if row.found_address else Missed.FIRST


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
