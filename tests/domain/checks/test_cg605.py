"""CG605: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clawguard.domain.facts import SessionFacts
from tests.domain.checks import builders as b
from tests.domain.checks.builders import passes, session, tables_for, tables_with, trips


def before(days: int, code: str, **facts: Any) -> SessionFacts:
    """A session of the same client, so many days earlier."""
    day = b.DAY - dt.timedelta(days=days)
    return session(code, external_id=f"S-{days}", date_of_service=day, **facts)


def on(day: str, code: str) -> SessionFacts:
    """A session of the same client on that day."""
    return session(code, external_id=f"S-{day}", date_of_service=dt.date.fromisoformat(day))


ROWS = [
    passes("the first evaluation", session("90791")),
    passes("therapy after an evaluation", session("90837"), history=(before(7, "90791"),)),
    passes("an evaluation after therapy only", session("90791"), history=(before(7, "90837"),)),
    passes("another provider's evaluation", session("90791"), history=(before(7, "90791", provider_npi="1999999992"),)),
    passes("six months later to the day", session("90791"), history=(on("2025-09-18", "90791"),)),
    passes(
        "six months after the end of August, in February",
        session("90791", date_of_service=dt.date(2026, 2, 28)),
        history=(on("2025-08-31", "90791"),),
    ),
    passes(
        "a payer whose break is three months, to the day",
        session("90791"),
        history=(on("2025-12-18", "90791"),),
        tables=tables_with(evaluation_break_months=3),
    ),
    passes(
        "a payer that asks for no break",
        session("90791"),
        history=(before(7, "90791"),),
        tables=tables_with(evaluation_break_months=0),
    ),
    passes(
        "another provider's sessions since then are no contact",
        session("90791"),
        history=(before(239, "90791"), before(7, "90837", provider_npi="1999999992")),
    ),
    passes(
        "a break of six months within treatment",
        session("90791"),
        history=(before(239, "90791"), on("2025-09-18", "90837")),
    ),
    passes("a year later in weekly therapy", session("90791"), history=(before(365, "90791"), before(7, "90837"))),
    passes(
        "a year later in weekly therapy, across a leap day",
        session("90791", date_of_service=dt.date(2024, 3, 18)),
        history=(on("2023-03-18", "90791"), on("2024-03-11", "90837")),
    ),
    passes("another session of the same day is not earlier", session("90791"), history=(before(0, "90791"),)),
    trips(
        "a day less than six months later",
        session("90791"),
        {"severity": "warning", "related": ("S-2025-09-19",), "months": 6, "says": "again 180 days after"},
        history=(on("2025-09-19", "90791"),),
    ),
    trips(
        "a day less than six months after the end of August",
        session("90791", date_of_service=dt.date(2026, 2, 27)),
        {"last_contact": "2025-08-31"},
        history=(on("2025-08-31", "90791"),),
    ),
    trips(
        "a payer whose break is three months, a day earlier",
        session("90791"),
        {"months": 3},
        history=(on("2025-12-19", "90791"),),
        tables=tables_with(evaluation_break_months=3),
    ),
    trips(
        "a payer whose break is nine months",
        session("90791"),
        {"months": 9},
        history=(on("2025-06-19", "90791"),),
        tables=tables_with(evaluation_break_months=9),
    ),
    trips(
        "a break that is longer than a year counts as one",
        session("90791"),
        {"months": 30},
        history=(before(364, "90791"),),
        tables=tables_with(evaluation_break_months=30),
    ),
    trips(
        "a day less than a year later, across a leap day",
        session("90791", date_of_service=dt.date(2024, 3, 18)),
        {"earlier": "2023-03-19"},
        history=(on("2023-03-19", "90791"), on("2024-03-11", "90837")),
    ),
    trips(
        "without a break: weekly therapy since an evaluation eight months ago",
        session("90791"),
        {"related": ("S-239",), "last_contact": "2026-03-11", "says": "last seen 7 days before"},
        history=(before(239, "90791"), before(14, "90837"), before(7, "90837")),
    ),
    trips(
        "a day less than a year later, last seen a day less than six months before",
        session("90791"),
        history=(before(364, "90791"), on("2025-09-19", "90837")),
    ),
    trips("with medical work this time", session("90792"), {"earlier": "2026-03-11"}, history=(before(7, "90791"),)),
]

test_passes, test_trips = tables_for("CG605", ROWS)
