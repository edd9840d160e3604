"""CG606: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clawguard.domain.facts import SessionFacts
from tests.domain.checks import builders as b
from tests.domain.checks.builders import passes, session, tables_for, trips


def before(days: int, code: str, **facts: Any) -> SessionFacts:
    """A session of the same client, so many days earlier."""
    day = b.DAY - dt.timedelta(days=days)
    return session(code, external_id=f"S-{days}", date_of_service=day, **facts)


ROWS = [
    passes("the first crisis", session("90839")),
    passes("the second day of crisis", session("90839"), history=(before(1, "90839"),)),
    passes("two sessions of one day are one day", session("90839"), history=(before(1, "90839"), before(1, "90839"))),
    passes("the first lies 30 days back", session("90839"), history=(before(30, "90839"), before(1, "90839"))),
    trips(
        "the third day",
        session("90839"),
        {"days": 3, "related": ("S-29", "S-1")},
        history=(before(29, "90839"), before(1, "90839")),
    ),
]

test_passes, test_trips = tables_for("CG606", ROWS)
