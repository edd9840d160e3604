"""CG510: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clawguard.domain.facts import SessionFacts
from tests.domain.checks import builders as b
from tests.domain.checks.builders import passes, session, tables_for, trips


def before(days: int, **facts: Any) -> SessionFacts:
    """A session of the same client, so many days earlier."""
    day = b.DAY - dt.timedelta(days=days)
    return session("90837", external_id=f"S-{days}", date_of_service=day, **facts)


ROWS = [
    passes("nobody was seen before", session("99203", provider_license="MD")),
    passes("a known client billed as known", session("99213"), history=(before(30),)),
    passes("another provider's earlier session", session("99203"), history=(before(30, provider_npi="1999999992"),)),
    passes("another session of the same day is not earlier", session("99203"), history=(before(0),)),
    passes("three years to the day", session("99203"), history=(before(1096),)),
    passes("a colleague long ago", session("99203"), facts={"seen": {"by": "practice", "on": "2023-03-18"}}),
    passes("a statement without a day", session("99203"), facts={"seen": {"by": "practice"}}),
    trips(
        "a day less than three years",
        session("99203"),
        {"seen_on": "2023-03-19", "by_practice": True, "severity": "warning", "related": ("S-9",)},
        facts={"seen": {"by": "practice", "on": "2023-03-19", "session": "S-9"}},
    ),
    trips(
        "the provider's own session of two years ago",
        session("99203"),
        {"by_practice": False},
        facts={"seen": {"by": "provider", "on": "2024-03-18", "session": "S-8"}},
    ),
    trips(
        "within three years of a leap day",
        session("99203", date_of_service=dt.date(2024, 2, 29)),
        {"seen_on": "2021-03-01"},
        facts={"seen": {"by": "provider", "on": "2021-03-01"}},
    ),
    passes("a video visit of a known client", session("98004"), history=(before(30),)),
    passes("an audio visit of a known client", session("98012"), history=(before(30),)),
    trips("a new client's video visit", session("98000"), {"seen_on": "2026-02-16"}, history=(before(30),)),
    trips("the highest of them", session("98003"), history=(before(30),)),
    trips("a new client's audio visit", session("98008"), history=(before(30),)),
    trips("the highest of those", session("98011"), history=(before(30),)),
    trips("seen a month ago", session("99204"), {"seen_on": "2026-02-16", "related": ("S-30",)}, history=(before(30),)),
    trips("the last time counts", session("99203"), {"seen_on": "2026-03-17"}, history=(before(30), before(1))),
]

test_passes, test_trips = tables_for("CG510", ROWS)
