"""CG609: innocent rows first, then rows that trip, one sentence each. The session is on Wednesday, 18 March 2026."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from clawguard.domain.codesets import CodeTables, Policies, PolicyPeriod
from clawguard.domain.facts import SessionFacts
from tests.domain.checks.builders import DAY, TABLES, other, passes, session, tables_for, tables_with, trips

COLLEAGUE = "1999999992"
THERAPY = ("90832", "90834", "90837")
AUTHORIZED = {"authorizations": [{"required": True, "obtained": True, "codes": ["90837"]}]}


def on(day: str, *lines: str, **facts: Any) -> SessionFacts:
    return other(*lines, external_id=f"S-{day}", date_of_service=dt.date.fromisoformat(day), **facts)


def most(number: int, period: str = "week", codes: tuple[str, ...] = THERAPY, **more: Any) -> CodeTables:
    return tables_with(**{f"most_sessions_a_{period}": ((codes, number),)}, **more)


def in_2028(**changes: Any) -> CodeTables:
    period = PolicyPeriod(dt.date(2028, 1, 1), None, changes)
    return dataclasses.replace(TABLES, policies=Policies((period,)))


MONDAY, TUESDAY = on("2026-03-16"), on("2026-03-17", "90834")
TWICE = {"history": (MONDAY, TUESDAY)}

ROWS = [
    passes("no limit stated", session(), **TWICE),
    passes("three of three a week", session(), tables=most(3), **TWICE),
    passes("the Sunday before is of the week before", session(), tables=most(1), history=(on("2026-03-15"),)),
    passes(
        "counted from Sunday, the Saturday before is",
        session(),
        tables=most(1, week_begins_on_sunday=True),
        history=(on("2026-03-14"),),
    ),
    passes("the month before", session(), tables=most(1, "month"), history=(on("2026-02-28"),)),
    passes("the year before", session(), tables=most(1, "year"), history=(on("2025-12-31"),)),
    passes("a code that does not count", session("90847"), tables=most(2), **TWICE),
    passes("earlier sessions with other codes", session(), tables=most(1), history=(on("2026-03-16", "90847"),)),
    passes("another payer's session", session(), tables=most(1), history=(on("2026-03-16", payer_id="87726"),)),
    passes(
        "a session under another plan of the payer",
        session(payer_plan="GOLD"),
        tables=most(1),
        history=(on("2026-03-16", payer_plan="SILVER"),),
    ),
    passes("an authorization on record", session(), tables=most(2), facts=AUTHORIZED, **TWICE),
    passes(
        "a visit that came in two records, without times of its parts",
        session("90834", at=None),
        tables=most(1, "day"),
        same_day=(other("90837", at=None),),
    ),
    passes(
        "two records of one provider at the same time",
        session(),
        tables=most(1, "day"),
        same_day=(other("90834", at="10:30-11:15"),),
    ),
    passes(
        "a session of the next day that reaches over midnight is no session of this one",
        session(at="23:30-00:20"),
        tables=most(1, "day"),
        same_day=(other("90834", at="00:10-00:50", date_of_service=DAY + dt.timedelta(days=1)),),
    ),
    passes(
        "the year's last of thirty",
        session(),
        tables=most(30, "year"),
        history=tuple(on(f"2026-0{1 + number // 15}-{1 + number % 15:02}") for number in range(29)),
    ),
    trips(
        "three of two a week",
        session(),
        {
            "says": "Session 3 of the week from 2026-03-16 with 90832, 90834 or 90837; this payer accepts 2.",
            "severity": "error",
            "limit": 2,
            "from": "2026-03-16",
            "related": ("S-2026-03-16", "S-2026-03-17"),
            "line": 1,
            "risk": "142.50",
        },
        tables=most(2),
        cured=session(date_of_service=dt.date(2026, 3, 23)),
        **TWICE,
    ),
    trips(
        "counted from Sunday, the Sunday before counts",
        session(),
        {"from": "2026-03-15"},
        tables=most(1, week_begins_on_sunday=True),
        history=(on("2026-03-15"),),
    ),
    trips(
        "the first of the month counts",
        session(),
        {"says": "Session 2 of the calendar month from 2026-03-01"},
        tables=most(1, "month"),
        history=(on("2026-03-01"),),
    ),
    trips(
        "New Year counts, with a colleague too, and on the last day of a leap year as well",
        session(date_of_service=dt.date(2028, 12, 31)),
        {"from": "2028-01-01"},
        tables=in_2028(most_sessions_a_year=((THERAPY, 1),)),
        history=(on("2028-01-01", provider_npi=COLLEAGUE),),
    ),
    trips(
        "the thirty-first of thirty a year",
        session(),
        {"says": "Session 31 of the calendar year from 2026-01-01", "period": "year"},
        tables=most(30, "year"),
        history=tuple(on(f"2026-0{1 + number // 15}-{1 + number % 15:02}") for number in range(30)),
    ),
    trips(
        "two providers on one day",
        session(),
        {"says": "of the day from"},
        tables=most(1, "day"),
        same_day=(other("90837", provider_npi=COLLEAGUE),),
    ),
    trips(
        "one provider twice on one day, at different times",
        session(),
        tables=most(1, "day"),
        same_day=(other("90834"),),
    ),
    trips(
        "an earlier session that states no plan",
        session(payer_plan="GOLD"),
        tables=most(1),
        history=(MONDAY,),
    ),
    trips(
        "a group of its own beside individual work",
        session("90837", "90853-59"),
        {"codes": ["90853"], "line": 2},
        tables=most(1, codes=("90853",)),
        history=(on("2026-03-16", "90853"), TUESDAY),
    ),
    trips(
        "an authorization of another code",
        session(),
        tables=most(2),
        facts={"authorizations": [{"obtained": True, "codes": ["90847"]}]},
        **TWICE,
    ),
    trips(
        "both limits are told, each for itself",
        session(),
        {"count": 2, "period": "year"},
        tables=most(2, most_sessions_a_year=((THERAPY, 2),)),
        **TWICE,
    ),
    trips(
        "a code that is never accepted",
        session("90849"),
        {"says": "Session 1"},
        tables=most(0, "year", ("90849",)),
    ),
    trips(
        "many codes that count together",
        session(),
        {"says": "with 5 codes that count together"},
        tables=most(1, codes=(*THERAPY, "90846", "90847")),
        history=(on("2026-03-16", "90847"),),
    ),
]

test_passes, test_trips = tables_for("CG609", ROWS)
