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
    trips("seen a month ago", session("99204"), {"seen_on": "2026-02-16", "related": ("S-30",)}, history=(before(30),)),
    trips("the last time counts", session("99203"), {"seen_on": "2026-03-17"}, history=(before(30), before(1))),
]

test_passes, test_trips = tables_for("CG510", ROWS)
