"""CG202: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt

from clawguard.domain.codesets import TableKind
from clawguard.domain.facts import SessionFacts
from tests.domain.checks.builders import other, passes, session, tables_for, tables_with, trips
from tests.domain.codesets.test_official import code_tables, row, table

OFFICIAL = code_tables(
    table(
        TableKind.PAIRS,
        row("90837", "90791", "2020-01-01", mark=0),
        row("90847", "90846", "2020-01-01", "2020-01-01", mark=9),
        row("90845", "90832", "2018-01-01", "2019-12-31", mark=0),
        row("87070", "87071", "2018-01-01", mark=0),
    )
)


def given(*codes: str) -> SessionFacts:
    """A session in the quarter of the official table."""
    return session(*codes, date_of_service=dt.date(2026, 7, 15))


ROWS = [
    passes("one code", session("90837")),
    passes("a visit with therapy beside it", session("99214", "90836")),
    passes("family work can be separate, so another check asks", session("90837", "90847")),
    passes("testing may share the day of an evaluation", session("90791", "96130")),
    passes("a screening questionnaire beside a visit", session("99214", "96127")),
    passes("two tiers with two providers", session("90834"), same_day=(other("90832", provider_npi="1999999992"),)),
    passes("two tiers on two days", session("90834"), same_day=(other("90832", date_of_service=dt.date(2026, 3, 19)),)),
    passes("two tiers with two clients", session("90834"), same_day=(other("90832", client_key="C-78"),)),
    passes("the rule was not yet loaded for that day", session("90837", "90834", date_of_service=dt.date(2024, 6, 30))),
    passes(
        "a phone call ended with 2024 and has no row of ours beside family work",
        session("90847", "99442", date_of_service=dt.date(2024, 12, 31)),
    ),
    passes(
        "a pair that the payer pays together",
        session("90837", "90834"),
        tables=tables_with(pairs_allowed=frozenset({"90834+90837"})),
    ),
    passes(
        "the payer's own rule is about another pair",
        session("90837", "96127"),
        tables=tables_with(pairs_allowed=frozenset({"90837+96127"})),
    ),
    passes("a code outside every table", session("90837", "87070")),
    passes("an official table that has no row", given("90837", "90834"), tables=OFFICIAL),
    passes("a row that was withdrawn", given("90847", "90846"), tables=OFFICIAL),
    passes("a row that ended", given("90845", "90832"), tables=OFFICIAL),
    trips(
        "an evaluation and a prescriber's phone call",
        session("90791", "99441", date_of_service=dt.date(2024, 7, 1)),
        {"paid_code": "90791", "unpaid_code": "99441"},
    ),
    trips(
        "therapy and a prescriber's phone call",
        session("90834", "99443", date_of_service=dt.date(2024, 12, 31)),
        {"paid_code": "90834"},
    ),
    trips(
        "a tier beside a visit and the same tier alone",
        session("90833", "90832"),
        {"paid_code": "90833", "unpaid_code": "90832"},
    ),
    trips(
        "two tiers on one claim",
        session("90837", "90834"),
        {"paid_code": "90837", "unpaid_code": "90834", "line": 2, "risk": "71.25"},
    ),
    trips("the same in the other order", session("90834", "90837"), {"paid_code": "90837", "line": 1}),
    trips("no modifier rescues it", session("90837", "90834-59"), {"modifier_allowed": False}),
    trips("an evaluation and therapy", session("90791", "90837"), {"paid_code": "90791"}),
    trips("therapy is paid, crisis work is not", session("90839", "90837"), {"paid_code": "90837", "line": 1}),
    trips("standing therapy beside a visit", session("99214", "90837"), {"unpaid_code": "99214"}),
    trips("analysis is paid over the shorter tier", session("90845", "90832"), {"paid_code": "90845"}),
    trips("analysis is not paid beside the longer tier", session("90845", "90837"), {"paid_code": "90837"}),
    trips("health-behaviour assessment over the 30 tier", session("90832", "96156"), {"paid_code": "96156"}),
    trips("the 60 tier over health-behaviour assessment", session("90837", "96156"), {"paid_code": "90837"}),
    trips(
        "the other code came as another session",
        session("90837"),
        {"related": ("S-2",), "line": 1},
        same_day=(other("90791"),),
    ),
    trips("the first day of the rule", session("90837", "90834", date_of_service=dt.date(2024, 7, 1))),
    trips("each pair is told once", session("90837", "90834", "90832"), {"count": 3}),
    trips(
        "a pair that only this payer refuses",
        session("90837", "90785"),
        {"paid_code": None, "payer_rule": True, "says": "by this payer", "line": 1},
        tables=tables_with(pairs_refused=frozenset({"90785+90837"})),
    ),
    trips(
        "refused by the payer in either order, and stricter than the table",
        session("90847-59", "90837"),
        {"payer_rule": True, "line": 1},
        tables=tables_with(pairs_refused=frozenset({"90837+90847"})),
    ),
    trips(
        "refused stands before allowed",
        session("90837", "90834"),
        {"payer_rule": True, "unpaid_code": "90837"},
        tables=tables_with(pairs_refused=frozenset({"90834+90837"}), pairs_allowed=frozenset({"90834+90837"})),
    ),
    trips("crisis work and complexity", session("90839", "90785"), {"paid_code": "90839"}),
    trips("a visit and medication work", session("99214", "90863"), {"paid_code": "99214"}),
    trips("therapy and a questionnaire", session("90837", "96127"), {"line": 2}, cured=session("90837")),
    trips("behaviour analysis and therapy", session("90834", "97153"), {"paid_code": "90834"}),
    trips(
        "an official row in the other column order",
        given("90791", "90837"),
        {"paid_code": "90837", "unpaid_code": "90791", "table": "medicare ptp 2026Q3", "line": 1},
        tables=OFFICIAL,
    ),
    trips("a code outside our own facts", given("87070", "87071"), {"paid_code": "87070"}, tables=OFFICIAL),
]

test_passes, test_trips = tables_for("CG202", ROWS)
