"""CG601: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from typing import Any

from clawguard.domain.facts import SessionFacts
from tests.domain.checks import builders as b
from tests.domain.checks.builders import other, passes, session, tables_for, trips


def elsewhere(*lines: str, **facts: Any) -> SessionFacts:
    """A session of the same provider with another client."""
    return other(*lines, **{"external_id": "S-9", "client_key": "C-78", **facts})


ROWS = [
    passes("nobody else that day", session()),
    passes("the next begins as this ends", session(), same_day=(elsewhere(at="10:55-11:50"),)),
    passes("the one before ends as this begins", session(), same_day=(elsewhere(at="09:05-10:00"),)),
    passes("another provider", session(), same_day=(elsewhere(provider_npi="1999999992", at="10:00-10:55"),)),
    passes("members of one group share the time", session("90853"), same_day=(elsewhere("90853", at="10:00-10:55"),)),
    passes("the same client is other checks' question", session("90834"), same_day=(other("90834", at="10:00-10:55"),)),
    passes("the other states no times", session(), same_day=(elsewhere(at=None),)),
    passes("this one states no times", session(minutes=55), same_day=(elsewhere(at="10:00-10:55"),)),
    trips(
        "five minutes",
        session(),
        {"severity": "error", "overlap_minutes": 5, "related": ("S-9",)},
        same_day=(elsewhere(at="10:50-11:45"),),
    ),
    trips(
        "four minutes are looked at",
        session(),
        {"severity": "warning", "overlap_minutes": 4},
        same_day=(elsewhere(at="10:51-11:45"),),
    ),
    trips(
        "half a minute",
        session(),
        {"severity": "warning", "says": "Less than a minute"},
        same_day=(elsewhere(at="10:54:30-11:45"),),
    ),
    trips("one inside the other", session(), {"overlap_minutes": 20}, same_day=(elsewhere(at="10:10-10:30"),)),
    trips("group and individual at once", session("90853"), same_day=(elsewhere("90837", at="10:00-10:55"),)),
    trips(
        "across midnight",
        session(at="23:30-00:25"),
        {"overlap_minutes": 25},
        same_day=(elsewhere(at="00:00-00:53", date_of_service=b.DAY + b.dt.timedelta(days=1)),),
    ),
]

test_passes, test_trips = tables_for("CG601", ROWS)
