"""CG502: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt

from tests.domain.checks import builders as b
from tests.domain.checks.builders import passes, session, tables_for, trips


def at(days: int, hour: int = 12) -> dt.datetime:
    """So many days after the session, at this hour in New York, as UTC."""
    local = dt.datetime.combine(b.DAY + dt.timedelta(days=days), dt.time(hour, 30), b.NEW_YORK)
    return local.astimezone(dt.UTC)


ROWS = [
    passes("not stated", session()),
    passes("the same day", session(confirmed_at=at(0))),
    passes("the thirtieth day", session(confirmed_at=at(30))),
    passes("late on the thirtieth day in New York, already the next in UTC", session(confirmed_at=at(30, 23))),
    trips("the thirty-first day", session(confirmed_at=at(31, 0)), {"days": 31, "allowed_days": 30}),
    trips("months later", session(confirmed_at=at(120)), {"days": 120, "risk": "142.50"}),
    trips(
        "already the thirty-first day in Guam, still the thirtieth in UTC",
        session(confirmed_at=at(30, 16), provider_time_zone="Pacific/Guam"),
        {"days": 31},
    ),
]

test_passes, test_trips = tables_for("CG502", ROWS)
