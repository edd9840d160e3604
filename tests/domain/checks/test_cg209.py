"""CG209: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clawguard.domain.facts import SessionFacts
from tests.domain.checks.builders import other, passes, session, tables_for, tables_with, trips

NEAR = dt.date(2026, 3, 17)


def call(**facts: Any) -> SessionFacts:
    """A phone call of eight minutes on the 18th, unless told otherwise."""
    return session("98966", minutes=8, place_of_service="02", telehealth="audio", **facts)


ROWS = [
    passes("no earlier sessions", session("98966", minutes=8)),
    passes("eight days after", call(), history=(other("90837", date_of_service=dt.date(2026, 3, 10)),)),
    passes("the same day is no day after", call(), history=(other("90837", date_of_service=dt.date(2026, 3, 18)),)),
    passes(
        "another provider's visit", call(), history=(other("90837", date_of_service=NEAR, provider_npi="1999999992"),)
    ),
    passes("another call", call(), history=(other("98966", date_of_service=NEAR, minutes=8),)),
    passes("therapy is no call", session("90837"), history=(other("90837", date_of_service=NEAR),)),
    passes(
        "a payer with three days",
        call(),
        history=(other("90837", date_of_service=dt.date(2026, 3, 14)),),
        tables=tables_with(phone_call_after_visit_days=3),
    ),
    trips(
        "seven days after",
        call(),
        {"days_after": 7, "related": ("S-2",), "severity": "warning"},
        history=(other("90837", date_of_service=dt.date(2026, 3, 11)),),
    ),
    trips(
        "the day after",
        call(),
        {"says": "1 day after"},
        history=(other("99214", date_of_service=NEAR),),
        cured=call(date_of_service=dt.date(2026, 3, 25)),
    ),
    trips(
        "the latest of several is named",
        call(),
        {"related": ("S-3",), "days_after": 1},
        history=(
            other("90837", date_of_service=dt.date(2026, 3, 12)),
            other("90837", external_id="S-3", date_of_service=NEAR),
        ),
    ),
    trips(
        "three days where three count",
        call(),
        {"days": 3},
        history=(other("90837", date_of_service=dt.date(2026, 3, 15)),),
        tables=tables_with(phone_call_after_visit_days=3),
    ),
    trips("a short check-in", session("98016", minutes=8), history=(other("99214", date_of_service=NEAR),)),
]

test_passes, test_trips = tables_for("CG209", ROWS)
