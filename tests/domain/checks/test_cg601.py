"""CG601: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from typing import Any

from clawguard.domain.facts import SessionFacts
from tests.domain.checks import builders as b
from tests.domain.checks.builders import began, other, passes, session, tables_for, trips


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
    passes(
        "a day's programmes are the work of several people",
        session("H0015", at="09:00-12:00"),
        same_day=(elsewhere("H0015", at="10:00-13:00"),),
    ),
    passes(
        "the other's start and minutes end as this begins",
        session(),
        same_day=(began("90837", minutes=55, at="09:05-10:00", external_id="S-9", client_key="C-78"),),
    ),
    passes("the other states only its minutes", session(), same_day=(elsewhere(minutes=600),)),
    trips(
        "two groups, one half an hour after the other",
        session("90853", at="10:00-11:00"),
        {"severity": "error", "overlap_minutes": 30},
        same_day=(elsewhere("90853", at="10:30-11:30"),),
        cured=session("90853", at="10:30-11:30"),
    ),
    trips(
        "a member of the group who left early, or another group",
        session("90853", at="10:00-10:40"),
        {"severity": "warning", "overlap_minutes": 40},
        same_day=(elsewhere("90853", at="10:00-11:00"),),
    ),
    trips(
        "the other states its start and its minutes",
        session(),
        {"severity": "error", "overlap_minutes": 10},
        same_day=(began("90837", minutes=55, at="09:15-10:10", external_id="S-9", client_key="C-78"),),
    ),
    trips(
        "across midnight",
        session(at="23:30-00:25"),
        {"overlap_minutes": 25},
        same_day=(elsewhere(at="00:00-00:53", date_of_service=b.DAY + b.dt.timedelta(days=1)),),
    ),
]

test_passes, test_trips = tables_for("CG601", ROWS)
