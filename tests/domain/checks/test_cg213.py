"""CG213: innocent rows first, then rows that trip, one sentence each. The visit is on a Wednesday."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from clawguard.domain.facts import SessionFacts
from tests.domain.checks.builders import DAY, line, other, passes, session, tables_for, trips

TUESDAY, THURSDAY = DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)


def call(at: str | None = "15:50-16:00", *, code: str = "98966", day: dt.date = TUESDAY, **facts: Any) -> SessionFacts:
    stated = {"external_id": "S-call", "place_of_service": "02", "telehealth": "audio", "date_of_service": day}
    return other(code, at=at, **{**stated, **facts})


ROWS = [
    passes("a visit alone", session()),
    passes("a minute more than 24 hours", session(), same_day=(call("09:49-09:59"),)),
    passes("the day before that", session(), same_day=(call(day=DAY - dt.timedelta(days=2)),)),
    passes("on the visit's own day it is another check's", session(), same_day=(call("08:00-08:10", day=DAY),)),
    passes("a call of the day after is another check's", session(), same_day=(call(day=THURSDAY),)),
    passes("another client", session(), same_day=(call(client_key="C-78"),)),
    passes("another provider", session(), same_day=(call(provider_npi="1999999992"),)),
    passes("two calls", call(day=DAY, external_id="S-1"), same_day=(call(),)),
    passes("a questionnaire is no visit", session("96127"), same_day=(call(),)),
    passes("therapy on both days", session(), same_day=(other("90837", date_of_service=TUESDAY),)),
    trips(
        "18 hours after the call",
        session(),
        {
            "says": "98966 is billed for the 24 hours before a visit (90837)",
            "severity": "warning",
            "related": ("S-call",),
            "line": 1,
            "risk": "20.00",
            "times_stated": True,
        },
        same_day=(call(contracted_rate=Decimal(20)),),
        cured=session(date_of_service=THURSDAY),
    ),
    trips("24 hours to the minute", session(), same_day=(call("09:50-10:00"),)),
    trips(
        "told on the call where the visit was known first",
        call(external_id="S-1"),
        {"risk": "142.50"},
        same_day=(session(external_id="S-2"),),
    ),
    trips(
        "without the times of the call",
        session(),
        {"severity": "info", "says": "the day before a visit (90837)", "times_stated": False},
        same_day=(call(None, minutes=8),),
    ),
    trips(
        "over midnight",
        session(at="00:10-01:05"),
        same_day=(call("23:55-00:05"),),
    ),
    trips(
        "a check-in, and a visit of which therapy is a part",
        session("99213", "90833"),
        {"visit": "99213", "code": "98016"},
        same_day=(call(code="98016"),),
    ),
    trips(
        "the visit among other lines",
        session("96127", line("90837", 2)),
        {"visit": "90837", "line": 2},
        same_day=(call(),),
    ),
]

test_passes, test_trips = tables_for("CG213", ROWS)
