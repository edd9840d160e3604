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
    passes("another session of the same day is not earlier", session("90791"), history=(before(0, "90791"),)),
    trips(
        "182 days later",
        session("90791"),
        {"severity": "warning", "related": ("S-182",)},
        history=(before(182, "90791"),),
    ),
    trips("with medical work this time", session("90792"), {"earlier": "2026-03-11"}, history=(before(7, "90791"),)),
]

test_passes, test_trips = tables_for("CG605", ROWS)
