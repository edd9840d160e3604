"""CG212: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clawguard.domain.facts import SessionFacts
from tests.domain.checks.builders import other, passes, session, tables_for, tables_with, trips


def call(code: str = "98966", **facts: Any) -> SessionFacts:
    """A phone call of eight minutes, unless told otherwise."""
    return session(code, **{"minutes": 8, "place_of_service": "02", "telehealth": "audio", **facts})


ROWS = [
    passes("a call alone", call()),
    passes("therapy alone", session(), same_day=(other("90837", client_key="C-78"),)),
    passes("another client's visit that day", call(), same_day=(other("90837", client_key="C-78"),)),
    passes("another provider's visit", call(), same_day=(other("90837", provider_npi="1999999992"),)),
    passes("two calls", call(), same_day=(other("98967", minutes=15),)),
    passes("a questionnaire is no visit", call(), same_day=(other("96127"),)),
    passes("work with the family alone is no visit of the client", call(), same_day=(other("90846"),)),
    passes("a code we do not know", call(), same_day=(other("87070"),)),
    passes(
        "a pair the federal table rules on",
        call("99441", date_of_service=dt.date(2024, 9, 2), provider_license="MD"),
        same_day=(other("90791", date_of_service=dt.date(2024, 9, 2)),),
    ),
    passes(
        "a pair the payer refuses is another check's",
        call(),
        same_day=(other("90837"),),
        tables=tables_with(pairs_refused=frozenset({"90837+98966"})),
    ),
    trips(
        "a call and therapy on one day",
        call(),
        {"severity": "warning", "visit": "90837", "related": ("S-2",), "line": 1},
        same_day=(other("90837"),),
        cured=call(date_of_service=dt.date(2026, 3, 19)),
    ),
    trips(
        "the visit came in after the call",
        session(),
        {"code": "98966", "related": ("S-2",)},
        same_day=(other("98966", minutes=8),),
    ),
    trips("both in one session", session("90837", "98966"), {"line": 2, "related": ()}),
    trips(
        "two visits and then the call",
        call(),
        {"related": ("S-2", "S-3")},
        same_day=(other("90837"), other("90834", external_id="S-3", at="14:00-14:45")),
    ),
    trips(
        "two calls of one code and then the visit",
        session(),
        {"related": ("S-2", "S-3")},
        same_day=(other("98966", minutes=8), other("98966", external_id="S-3", minutes=8)),
    ),
    trips("a check-in", call("98016"), {"visit": "90834"}, same_day=(other("90834"),)),
]

test_passes, test_trips = tables_for("CG212", ROWS)
