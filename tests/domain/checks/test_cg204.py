"""CG204: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt

from clawguard.domain.codesets import TableKind, Variant
from clawguard.domain.facts import ServiceLineFacts, SessionFacts
from tests.domain.checks.builders import line, other, passes, session, tables_for, tables_with, trips
from tests.domain.codesets.test_official import code_tables, row, table

OFFICIAL = code_tables(
    table(
        TableKind.UNITS,
        row("90837", "", "1990-01-01", mark=3, amount=3),
        row("87070", "", "1990-01-01", mark=2, amount=2),
        row("99408", "", "1990-01-01", mark=1, amount=1),
        row("90887", "", "1990-01-01", mark=3, amount=0),
    )
)

MEDICAID_PAYS_NONE = code_tables(
    table(TableKind.UNITS, row("99409", "", "1990-01-01", mark=0, amount=0), variant=Variant.MEDICAID)
)


def given(*lines: str | ServiceLineFacts) -> SessionFacts:
    """A session in the quarter of the official table."""
    return session(*lines, date_of_service=dt.date(2026, 7, 15))


ROWS = [
    passes("one unit", session("90837")),
    passes("a talk on substance use with a private payer", session("99213", "99408", provider_license="MD")),
    passes("a long one with Medicaid", session("99213", "99409", payer_kind="medicaid", provider_license="MD")),
    passes("with Medicare CG208 names its own code", session("99213", "99408", payer_kind="medicare")),
    passes("three questionnaires", session("99214", line("96127", 2, units=3), provider_license="MD")),
    passes("two units of therapy in a partial hospital", session(line("90834", units=2), place_of_service="52")),
    passes("a code without a federal limit", session(line("H0004", units=20))),
    passes(
        "the same code with another provider does not add up",
        session("90839"),
        same_day=(other("90839", provider_npi="1999999992"),),
    ),
    passes("the same session sent twice is a duplicate, not two units", session("90839"), same_day=(other("90839"),)),
    passes(
        "a payer's limit that is kept", session(line("96127", units=1)), tables=tables_with(units_a_day=(("96127", 1),))
    ),
    passes(
        "a payer's limit for another code",
        session(line("96127", units=3)),
        tables=tables_with(units_a_day=(("96110", 1),)),
    ),
    passes(
        "a payer that accepts two units of therapy",
        session(line("90834", units=2)),
        tables=tables_with(therapy_units_a_day=2),
    ),
    passes("eight quarter hours of assessment", session(line("97151", units=8), minutes=120, diagnoses=("F840",))),
    passes("an official limit of three", given(line("90837", units=1)), tables=OFFICIAL),
    passes("a limit per line that each line keeps", given("99408", "99408"), tables=OFFICIAL),
    passes("no table covers the day", session(line("90791", units=2), date_of_service=dt.date(2024, 6, 30))),
    trips(
        "two units of therapy are unusual",
        session(line("90834", units=2)),
        {"severity": "warning", "units": 2, "limit": 1},
    ),
    trips("three units of therapy are over the limit", session(line("90834", units=3)), {"limit": 2, "unit_rule": 3}),
    trips("two units of an absolute limit of one", session(line("90839", units=2)), {"limit": 1, "unit_rule": 2}),
    trips("four questionnaires", session(line("96127", units=4)), {"limit": 3}),
    trips("units of several lines add up", session("90853", "90853"), {"units": 2, "limit": 1}),
    trips(
        "units of a repeated session of the day add up",
        session("90839"),
        {"units": 2, "related": ("S-2",)},
        same_day=(other("90839-76"),),
    ),
    passes(
        "behaviour analysis in the morning and after noon, within the limit",
        session(line("97153", units=16), at="08:00-12:00"),
        same_day=(other(line("97153", units=16), at="14:00-18:00"),),
    ),
    passes(
        "behaviour analysis that overlaps is a duplicate",
        session(line("97153", units=20), at="08:00-13:00"),
        same_day=(other(line("97153", units=20), at="12:00-17:00"),),
    ),
    passes(
        "behaviour analysis whose times are not stated is a duplicate",
        session(line("97153", units=20), at=None),
        same_day=(other(line("97153", units=20), at="14:00-19:00"),),
    ),
    trips(
        "behaviour analysis in the morning and after noon, together over the limit",
        session(line("97153", units=20), at="08:00-13:00"),
        {"units": 40, "limit": 32, "related": ("S-2",)},
        same_day=(other(line("97153", units=20), at="14:00-19:00"),),
    ),
    trips(
        "a talk that Medicaid's own table gives no unit",
        session("99213", "99409", payer_kind="medicaid", date_of_service=dt.date(2026, 7, 15)),
        {"limit": 0, "line": 2},
        tables=MEDICAID_PAYS_NONE,
    ),
    trips("a code Medicare never pays", session("90885", payer_kind="medicare"), {"limit": 0}),
    trips("the same with a commercial payer is looked at", session("90885"), {"severity": "warning", "limit": 0}),
    trips("an absolute limit cannot be raised", session(line("90845", units=2)), {"says": "cannot be raised"}),
    trips("another limit can be, with records", session(line("90791", units=2)), {"says": "only records"}),
    trips(
        "a payer's limit that is stricter",
        session(line("96127", units=2)),
        {"limit": 1, "says": "this payer accepts 1"},
        tables=tables_with(units_a_day=(("96110", 3), ("96127", 1))),
        cured=session(line("96127", units=1)),
    ),
    trips(
        "a payer's limit cannot raise the federal one",
        session(line("96127", units=4)),
        {"limit": 3},
        tables=tables_with(units_a_day=(("96127", 9),)),
    ),
    trips(
        "three units where the payer accepts two",
        session(line("90834", units=3)),
        {"limit": 2},
        tables=tables_with(therapy_units_a_day=2),
    ),
    trips("nine quarter hours of assessment", session(line("97151", units=9), minutes=135), {"limit": 8}),
    trips(
        "the first day of our own limits",
        session(line("90791", units=2), date_of_service=dt.date(2024, 7, 1)),
        {"limit": 1},
    ),
    trips(
        "an official limit of two",
        given(line("87070", units=3)),
        {"limit": 2, "table": "medicare mue 2026Q3"},
        tables=OFFICIAL,
    ),
    trips(
        "a limit per line that one line exceeds",
        given("99408", line("99408", 2, units=2)),
        {"units": 2, "unit_rule": 1, "says": "each line"},
        tables=OFFICIAL,
    ),
    trips("a code whose official limit is zero", given("90887"), {"severity": "warning", "limit": 0}, tables=OFFICIAL),
    trips(
        "a payer's limit for a code without another",
        session(line("H0004", units=5)),
        {"limit": 4, "table": None},
        tables=tables_with(units_a_day=(("H0004", 4),)),
    ),
]

test_passes, test_trips = tables_for("CG204", ROWS)
