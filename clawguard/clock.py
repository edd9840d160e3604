"""The one clock. Doors read it once and hand the moment down; nothing below a door asks for the time.

The database's clock is the judge, because it is the only one that every web process, worker and sweeper shares: an
answer and a lapse that race are then dated by the same hand. A demo or sandbox network may be moved in time with
``CLOCK_OFFSET_SECONDS`` on its ``NetworkClock`` row; production refuses to start with one (system check).
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import connection

DATABASE_NOW = "SELECT clock_timestamp()"
DEMO_NOW = "SELECT clock_timestamp() + coalesce((SELECT ahead_by FROM events_networkclock LIMIT 1), interval '0')"


def now() -> dt.datetime:
    """The current moment in UTC, microseconds included."""
    with connection.cursor() as cursor:
        cursor.execute(DEMO_NOW if settings.MOVABLE_CLOCK else DATABASE_NOW)
        return cursor.fetchone()[0].astimezone(dt.UTC)
