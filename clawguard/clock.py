"""The one clock. Doors read it once and hand the moment down; nothing below a door asks for the time.

The database's clock is the judge, because it is the only one that every web process, worker and sweeper shares: an
answer and a lapse that race are then dated by the same hand. A demo or sandbox network may be moved in time, for
everybody with its ``NetworkClock`` row or within one process with ``pretend``; production refuses both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import connection

DATABASE_NOW = "SELECT clock_timestamp()"
MOVED_NOW = "SELECT clock_timestamp() + coalesce((SELECT ahead_by FROM events_networkclock LIMIT 1), interval '0')"

_pretended: ContextVar[dt.datetime | None] = ContextVar("pretended", default=None)


def now() -> dt.datetime:
    """The current moment in UTC, microseconds included."""
    if settings.MOVABLE_CLOCK and (moment := _pretended.get()) is not None:
        return moment
    with connection.cursor() as cursor:
        cursor.execute(MOVED_NOW if settings.MOVABLE_CLOCK else DATABASE_NOW)
        found: dt.datetime = cursor.fetchone()[0]
        return found.astimezone(dt.UTC)


def pretending() -> bool:
    """Whether this process has been told what time it is."""
    return settings.MOVABLE_CLOCK and _pretended.get() is not None


@contextmanager
def pretend(moment: dt.datetime) -> Iterator[None]:
    """Let this process believe it is ``moment``: an invented network is told as if its months had passed."""
    if not settings.MOVABLE_CLOCK:
        raise RuntimeError("the clock of this network cannot be moved")
    token = _pretended.set(moment.astimezone(dt.UTC))
    try:
        yield
    finally:
        _pretended.reset(token)
