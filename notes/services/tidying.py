"""What lies about unused is cleared away once a day: bytes without a row, files that stopped halfway."""

from __future__ import annotations

import datetime as dt

from clawguard.events.models import Heartbeat
from clawguard.events.outbox import beat
from notes.services.drafting import remove_orphans
from notes.services.uploading import forget_uploads

TIDIED = "files-tidied"


def tidy(now: dt.datetime) -> int:
    """Once a day, however often the sweep comes by. Returns how many things are gone."""
    last = Heartbeat.objects.filter(name=TIDIED).first()
    if last is not None and now - last.at < dt.timedelta(days=1):
        return 0
    beat(TIDIED, now)
    return remove_orphans(now) + forget_uploads(now)
