"""CG211: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from clawguard.domain.codesets import TableKind, build_release
from clawguard.domain.facts import SessionFacts
from tests.domain.checks import builders as b
from tests.domain.checks.builders import line, other, passes, session, tables_for, trips
from tests.domain.codesets.test_official import code_tables, row, table

LAST_DAY = dt.date(2024, 6, 30)  # the day before our core facts begin
FY2024 = build_release("FY2024", dt.date(2023, 10, 1), dt.date(2024, 9, 30), "F331")
OFFICIAL = code_tables(
    table(TableKind.PAIRS, row("90834", "90832", "2020-01-01", mark=0)),
    table(TableKind.ADD_ONS, row("90785", "90837", "2013-01-01")),
)


def before(*lines: Any, **facts: Any) -> SessionFacts:
    """A session that no core fact covers."""
    return session(*lines, date_of_service=LAST_DAY, **facts)


ROWS = [
    passes("our core facts cover the day", session("90837", "90785")),
    passes("they begin that day", session("90837", "90785", date_of_service=dt.date(2024, 7, 1))),
    passes("one unit of one code needs no table", before("90837")),
    passes(
        "another client's session that day",
        before("90837"),
        same_day=(other("90847", date_of_service=LAST_DAY, client_key="C-78"),),
    ),
    passes("the official tables cover the day", before("90837", "90785"), tables=OFFICIAL),
    trips(
        "two codes the day before",
        before("90834", "90847"),
        {"severity": "info", "risk": "0.00", "not_covered": ["pairs of codes"], "says": "2024-06-30"},
    ),
    trips(
        "a visit with therapy beside it the day before",
        before("99214", "90836", provider_license="MD"),
        {"not_covered": ["pairs of codes", "add-on codes"]},
        cured=session("99214", "90836", provider_license="MD", date_of_service=dt.date(2024, 7, 1)),
        tables=replace(b.TABLES, icd=(FY2024,)),
    ),
    trips(
        "said once for all three",
        before("90839", line("90840", 2, units=2)),
        {"not_covered": ["pairs of codes", "add-on codes", "units a day"]},
    ),
    trips("an add-on alone", before("90785"), {"not_covered": ["add-on codes"]}),
    trips(
        "two sessions of the day",
        before("90834"),
        {"not_covered": ["pairs of codes"]},
        same_day=(other("90847", date_of_service=LAST_DAY),),
    ),
    trips(
        "units, where no table of units is loaded",
        before(line("90837", units=2)),
        {"not_covered": ["units a day"]},
        tables=OFFICIAL,
    ),
    trips(
        "Medicaid, where only Medicare's tables are loaded",
        before("90834", "90847", payer_kind="medicaid"),
        tables=OFFICIAL,
    ),
]

test_passes, test_trips = tables_for("CG211", ROWS)
