"""CG204: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import line, other, passes, session, tables_for, trips

ROWS = [
    passes("one unit", session("90837")),
    passes("three questionnaires", session("99214", line("96127", 2, units=3), provider_license="MD")),
    passes("two units of therapy in a partial hospital", session(line("90834", units=2), place_of_service="52")),
    passes("a code without a federal limit", session(line("H0004", units=20))),
    passes(
        "the same code with another provider does not add up",
        session("90839"),
        same_day=(other("90839", provider_npi="1999999992"),),
    ),
    passes("the same session sent twice is a duplicate, not two units", session("90839"), same_day=(other("90839"),)),
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
    trips("a code Medicare never pays", session("90885", payer_kind="medicare"), {"limit": 0}),
    trips("the same with a commercial payer is looked at", session("90885"), {"severity": "warning", "limit": 0}),
    trips("an absolute limit cannot be raised", session(line("90845", units=2)), {"says": "cannot be raised"}),
    trips("another limit can be, with records", session(line("90791", units=2)), {"says": "only records"}),
]

test_passes, test_trips = tables_for("CG204", ROWS)
