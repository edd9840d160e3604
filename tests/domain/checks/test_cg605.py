"""CG605: innocent rows first, then rows that trip, one sentence each."""

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
    passes("the first evaluation", session("90791")),
    passes("therapy after an evaluation", session("90837"), history=(before(7, "90791"),)),
    passes("an evaluation after therapy only", session("90791"), history=(before(7, "90837"),)),
    passes("another provider's evaluation", session("90791"), history=(before(7, "90791", provider_npi="1999999992"),)),
    passes("six months and a day later", session("90791"), history=(before(183, "90791"),)),
    passes(
        "another provider's sessions since then are no contact",
        session("90791"),
        history=(before(239, "90791"), before(7, "90837", provider_npi="1999999992")),
    ),
    passes(
        "a break of six months and a day within treatment",
        session("90791"),
        history=(before(239, "90791"), before(183, "90837")),
    ),
    passes("a year later in weekly therapy", session("90791"), history=(before(365, "90791"), before(7, "90837"))),
    passes("another session of the same day is not earlier", session("90791"), history=(before(0, "90791"),)),
    trips(
        "182 days later",
        session("90791"),
        {"severity": "warning", "related": ("S-182",)},
        history=(before(182, "90791"),),
    ),
    trips(
        "without a break: weekly therapy since an evaluation eight months ago",
        session("90791"),
        {"related": ("S-239",), "last_contact": "2026-03-11", "says": "last seen 7 days before"},
        history=(before(239, "90791"), before(14, "90837"), before(7, "90837")),
    ),
    trips(
        "a day less than a year later, last seen 182 days before",
        session("90791"),
        history=(before(364, "90791"), before(182, "90837")),
    ),
    trips("with medical work this time", session("90792"), {"earlier": "2026-03-11"}, history=(before(7, "90791"),)),
]

test_passes, test_trips = tables_for("CG605", ROWS)
