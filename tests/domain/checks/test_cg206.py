"""CG206: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt

from tests.domain.checks.builders import other, passes, session, tables_for, tables_with, trips

ROWS = [
    passes("crisis work alone", session("90839")),
    passes("a visit alone", session("99214")),
    passes("the day before the network's rule", session("90839", "99214", date_of_service=dt.date(2023, 12, 17))),
    passes("the visit was another provider's", session("90839"), same_day=(other("99214", provider_npi="1999999992"),)),
    passes(
        "the same payer the day before",
        session("90839", "99214", date_of_service=dt.date(2026, 5, 31)),
        tables=tables_with(crisis_with_visit_blocked_from=dt.date(2026, 6, 1)),
    ),
    passes(
        "a payer that never blocks it",
        session("90839", "99214"),
        tables=tables_with(crisis_with_visit_blocked_from=None),
    ),
    trips("both on one claim, told once", session("90839", "99214"), {"line": 1, "with": ["99214"]}),
    trips(
        "the first day of the rule",
        session("90839", "99214", date_of_service=dt.date(2023, 12, 18), provider_license="MD"),
    ),
    trips(
        "the crisis work came as another session",
        session("99214"),
        {"related": ("S-2",), "with": ["90839"]},
        same_day=(other("90839"),),
    ),
    trips(
        "the first day of the network's rule",
        session("90839", "99214", date_of_service=dt.date(2023, 12, 18), provider_license="MD"),
        cured=session("90839", "96127", date_of_service=dt.date(2023, 12, 18), provider_license="MD"),
    ),
    trips(
        "a payer with a later day, on that day",
        session("90839", "99214", date_of_service=dt.date(2026, 6, 1)),
        tables=tables_with(crisis_with_visit_blocked_from=dt.date(2026, 6, 1)),
    ),
]

test_passes, test_trips = tables_for("CG206", ROWS)
