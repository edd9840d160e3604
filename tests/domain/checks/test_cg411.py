"""CG411: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt

from tests.domain.checks.builders import passes, session, tables_for, tables_with, trips

ROWS = [
    passes("no programme", session("90837-95", client_birth_date=dt.date(2016, 1, 1))),
    passes("no birth date is stated", session("90837-HA", client_birth_date=None)),
    passes("a child in a programme for children", session("90837-HA", client_birth_date=dt.date(2016, 1, 1))),
    passes("the day before the twenty-first birthday", session("90837-HA", client_birth_date=dt.date(2005, 3, 19))),
    passes("an adult in a programme for adults", session("90837-HB")),
    passes("eighteen today", session("90837-HB", client_birth_date=dt.date(2008, 3, 18))),
    passes("older people", session("90837-HC")),
    trips(
        "the twenty-first birthday",
        session("90837-HA", client_birth_date=dt.date(2005, 3, 18)),
        {"modifier": "HA", "severity": "warning", "line": 1},
    ),
    trips(
        "eighteen tomorrow",
        session("90837-HB", client_birth_date=dt.date(2008, 3, 19)),
        {"modifier": "HB"},
        cured=session("90837-HA", client_birth_date=dt.date(2008, 3, 19)),
    ),
    trips(
        "a network that ends childhood at 17",
        session("90837-HA", client_birth_date=dt.date(2008, 3, 18)),
        tables=tables_with(child_programme_to_age=17),
    ),
]

test_passes, test_trips = tables_for("CG411", ROWS)
