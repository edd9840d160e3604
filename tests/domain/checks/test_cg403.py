"""CG403: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt

from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("the office", session()),
    passes("the client's home", session(place_of_service="12")),
    passes("a school is for people to look at, not an error", session(place_of_service="03")),
    passes("no place stated", session(place_of_service="")),
    passes(
        "place 10 on its first day",
        session(place_of_service="10", telehealth=None, date_of_service=dt.date(2022, 1, 1)),
    ),
    trips("a hospital ward", session(place_of_service="21"), {"place_of_service": "21"}),
    trips("a psychiatric ward", session(place_of_service="51")),
    trips("a residential centre", session(place_of_service="55")),
    trips("the other residential centre", session(place_of_service="56")),
    trips("a hospice", session(place_of_service="34")),
    trips("a jail", session(place_of_service="09")),
    trips("no such place", session(place_of_service="98"), {"severity": "warning"}),
    trips(
        "place 10 on the day before it existed",
        session(place_of_service="10", telehealth=None, date_of_service=dt.date(2021, 12, 31)),
        {"first_day": "2022-01-01"},
    ),
]

test_passes, test_trips = tables_for("CG403", ROWS)
