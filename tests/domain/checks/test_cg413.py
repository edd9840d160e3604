"""CG413: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clawguard.domain.facts import SessionFacts
from tests.domain.checks.builders import other, passes, session, tables_for, tables_with, trips

YEARLY = tables_with(in_person_within_days=365)
ASKS = tables_with(in_person_within_days=180)
DAY = dt.date(2026, 3, 18)


def remote(**facts: Any) -> SessionFacts:
    """A session by video at home, unless told otherwise."""
    return session("90837-95", **{"place_of_service": "10", "telehealth": "video", **facts})


def before(*days: int, **facts: Any) -> tuple[SessionFacts, ...]:
    """Sessions by video so many days before, unless told otherwise."""
    return tuple(
        other(
            external_id=f"S-{back}", date_of_service=DAY - dt.timedelta(days=back), **{"telehealth": "video", **facts}
        )
        for back in days
    )


ROWS = [
    passes("no payer asks by default", remote(), history=before(10, 200)),
    passes("nothing known that far back", remote(), history=before(10, 179), tables=ASKS),
    passes(
        "in person within the days", remote(), history=(*before(10, 200), *before(180, telehealth="none")), tables=ASKS
    ),
    passes(
        "how an earlier one took place is not stated",
        remote(),
        history=(*before(200), *before(20, telehealth=None)),
        tables=ASKS,
    ),
    passes("this one is in person", session(), history=before(10, 200), tables=ASKS),
    passes("not at home", remote(place_of_service="02"), history=before(10, 200), tables=ASKS),
    passes("known for less than a year", remote(), history=before(10, 300), tables=YEARLY),
    passes("another provider's sessions", remote(), history=before(10, 200, provider_npi="1999999992"), tables=ASKS),
    trips(
        "all remote for as long as is known",
        remote(),
        {"days": 180, "sessions": 1},
        history=before(10, 200),
        tables=ASKS,
        cured=remote(place_of_service="02"),
    ),
    trips("a year and more by video alone", remote(), {"days": 365}, history=before(10, 300, 500), tables=YEARLY),
    trips("the day of the limit is remote too", remote(), {"sessions": 2}, history=before(10, 180), tables=ASKS),
    trips(
        "in person a day too early",
        remote(),
        {"sessions": 1},
        history=(*before(10), *before(181, telehealth="none")),
        tables=ASKS,
    ),
]

test_passes, test_trips = tables_for("CG413", ROWS)
