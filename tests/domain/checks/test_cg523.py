"""CG523: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clawguard.domain.codesets import CodeTables
from clawguard.domain.facts import SessionFacts
from tests.domain.checks.builders import other, passes, session, tables_for, tables_with, trips

GROUP = ("90834", "90837")


def on(day: str, *lines: str, **facts: Any) -> SessionFacts:
    return other(*lines, external_id=f"S-{day}", date_of_service=dt.date.fromisoformat(day), **facts)


def after(number: int, **more: Any) -> CodeTables:
    return tables_with(authorization_after_sessions=((GROUP, number),), **more)


def stated(**said: Any) -> dict[str, Any]:
    return {"authorizations": [said]}


TWO = (on("2026-01-07"), on("2026-02-04", "90834", provider_npi="1999999992"))

ROWS = [
    passes("no number stated", session(), history=TWO),
    passes("the third of three", session(), tables=after(3), history=TWO),
    passes("the number begins anew with the year", session(), tables=after(1), history=(on("2025-12-31"),)),
    passes("another code", session("90847"), tables=after(2), history=TWO),
    passes("obtained", session(), tables=after(2), history=TWO, facts=stated(obtained=True)),
    passes(
        "obtained for the session",
        session(),
        tables=after(2),
        history=TWO,
        facts={"authorization": {"obtained": True}},
    ),
    passes("stated as not required", session(), tables=after(2), history=TWO, facts=stated(required=False)),
    passes("stated as required is another check", session(), tables=after(2), history=TWO, facts=stated(required=True)),
    passes(
        "a code that always needs one is another check",
        session(),
        tables=after(2, authorization_codes=frozenset({"90837"})),
        history=TWO,
    ),
    trips(
        "the third of two",
        session(),
        {
            "says": "Session 3 of the calendar year from 2026-01-01 with 90834 or 90837; after 2 this payer asks",
            "without_authorization": 2,
            "related": ("S-2026-01-07", "S-2026-02-04"),
            "line": 1,
        },
        tables=after(2),
        history=TWO,
        cured=session(payer_id="87726"),
    ),
    trips(
        "an authorization of another payer",
        session(),
        tables=after(2),
        history=TWO,
        facts=stated(obtained=True, payer_id="87726"),
    ),
    trips(
        "one that ended the day before",
        session(),
        tables=after(2),
        history=TWO,
        facts=stated(obtained=True, to="2026-03-17"),
    ),
    trips("one that was refused", session(), tables=after(2), history=TWO, facts=stated(obtained=False)),
]

test_passes, test_trips = tables_for("CG523", ROWS)
