"""How long one sweep takes to lapse a thousand due requests, whatever the number of others that are open."""

from __future__ import annotations

import datetime as dt

from django.db import connection

from clawguard.bench import rows
from clawguard.bench.figures import Figure, timed
from clawguard.clock import now as read_clock
from notes.services import sweep

DUE, ROUNDS = 1_000, 7
FAR = dt.timedelta(days=30)


def measure(size: int) -> list[Figure]:
    """``size`` open requests; per round a thousand of them come due and are lapsed."""
    now = read_clock()
    with connection.cursor() as cursor:
        rows.open_requests(cursor, size, now + FAR, dt.timedelta(days=1), items=False)
    taken = []
    for _ in range(ROUNDS):
        with connection.cursor() as cursor:
            rows.make_due(cursor, DUE, now + FAR / 2)
            cursor.execute("VACUUM ANALYZE notes_notesrequest")  # what the row changes of the last round left behind
        seconds, lapsed = timed(lambda: sweep(read_clock()))
        if lapsed != DUE:
            raise RuntimeError(f"{lapsed} requests lapsed, {DUE} were due")
        taken.append(seconds * 1000)
    return [Figure(f"sweep of {DUE:,} due among {size:,} open", "ms", tuple(taken))]
