"""CG201: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clawguard.domain.codesets import TableKind
from clawguard.domain.codesets.pairs import CORE_TABLE
from clawguard.domain.facts import SessionFacts
from tests.domain.checks.builders import other, passes, session, tables_for, trips
from tests.domain.codesets.test_official import code_tables, row, table

OFFICIAL = code_tables(
    table(
        TableKind.ADD_ONS,
        row("90785", "90847", "2013-01-01"),
        row("96160", "CCCCC", "2017-01-01", mark=2),
        row("99417", "99205", "2021-01-01", mark=3),
        row("99292", "99291", "2013-01-01"),
    )
)


def given(*codes: str, **facts: Any) -> SessionFacts:
    """A session in the quarter of the official list."""
    return session(*codes, date_of_service=dt.date(2026, 7, 15), **facts)


def on(day: str, *codes: str) -> SessionFacts:
    """A prescriber's session of a day on which our own list answers."""
    return session(*codes, date_of_service=dt.date.fromisoformat(day), provider_license="MD")


ROWS = [
    passes("complexity beside therapy", session("90834", "90785")),
    passes("complexity beside a group", session("90853", "90785")),
    passes("therapy beside a visit", session("99214", "90833")),
    passes("the second crisis block beside the first", session("90839", "90840")),
    passes("the main code came as another session of the day", session("90833"), same_day=(other("99214"),)),
    passes("a code that is no add-on", session("90837")),
    passes("a further block outside the office beside the first", session("G0017", "G0018")),
    passes("medication work beside therapy", session("90834", "90863")),
    passes("each pair of testing codes", session("96130", "96131", "96136", "96137")),
    passes("health-behaviour work and its further part", session("96170", "96171")),
    passes("therapy beside a video visit of 2025", session("98006", "90836")),
    *(
        passes(f"prolonged time beside {visit}", session(visit, "99417", provider_license="MD"))
        for visit in ("99205", "99215", "99245", "99345", "99350", "99483", "98003", "98007", "98011", "98015")
    ),
    passes("a visit by video on its first day", on("2025-01-01", "98003", "99417")),
    passes("therapy beside a phone visit on its last day", on("2024-12-31", "99442", "90833")),
    passes("an official list that knows another main code", given("90847", "90785"), tables=OFFICIAL),
    passes("the payer draws up the list, and something is there", given("99214", "96160"), tables=OFFICIAL),
    passes("an official list without the code", given("90840"), tables=OFFICIAL),
    passes("no list covers the day", session("90785", date_of_service=dt.date(2024, 6, 30))),
    trips("complexity alone", session("90785"), {"code": "90785", "line": 1}),
    trips("complexity that came without its therapy", session("90847", "90785"), {"line": 2}, cured=session("90847")),
    trips("complexity beside family work has no such parent", session("90847", "90785"), {"line": 2}),
    trips("complexity beside crisis work", session("90839", "90785")),
    trips("therapy beside therapy instead of a visit", session("90837", "90833")),
    trips("medication work beside a visit", session("99214", "90863")),
    trips("prolonged time beside a shorter consultation", session("99244", "99417"), {"line": 2}),
    trips("prolonged time beside a shorter visit by video", on("2026-03-18", "98006", "99417"), {"line": 2}),
    trips(
        "a visit by video before there was one",
        on("2024-12-31", "98003", "99417"),
        {"main_codes": ["99205", "99215", "99245", "99345", "99350", "99483"]},
    ),
    trips("therapy beside a phone visit after that ended", on("2025-01-01", "99442", "90833"), {"line": 2}),
    trips("Medicare's prolonged time beside a consultation", session("99245", "G2212"), {"line": 2}),
    trips("prolonged time beside a short visit", session("99213", "99417")),
    trips(
        "the visit was another provider's",
        session("90833"),
        same_day=(other("99214", provider_npi="1999999992"),),
    ),
    trips(
        "the visit was on the next day",
        session("90833"),
        same_day=(other("99214", date_of_service=dt.date(2026, 3, 19)),),
    ),
    trips("prolonged time beside the longest therapy: there is no extra time on it", session("90837", "99417")),
    trips("further testing beside another test's first hour", session("96132", "96131"), {"line": 2}),
    trips("complexity is not for a visit alone", session("99214", "90785"), {"line": 2}),
    trips("a further block of the office beside the first one outside", session("G0017", "90840"), {"line": 2}),
    trips("the first day of our own list", session("90785", date_of_service=dt.date(2024, 7, 1)), {"type": 1}),
    trips(
        "an official list without the main code",
        given("90834", "90785"),
        {"table": "medicare add_on 2026Q3"},
        tables=OFFICIAL,
    ),
    trips("an official add-on that is not ours", given("99214", "99292"), {"line": 2}, tables=OFFICIAL),
    trips(
        "the payer draws up the list, and nothing is there",
        given("96160"),
        {"says": "the payer's list", "type": 2},
        tables=OFFICIAL,
    ),
    trips(
        "the payer may add to the list", given("99213", "99417"), {"severity": "warning", "type": 3}, tables=OFFICIAL
    ),
    trips(
        "Medicaid's own list does not cover the day",
        given("90847", "90785", payer_kind="medicaid"),
        {"table": CORE_TABLE},
        tables=OFFICIAL,
    ),
]

test_passes, test_trips = tables_for("CG201", ROWS)
