"""CG403: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt

from tests.domain.checks.builders import passes, session, tables_for, tables_with, trips

ROWS = [
    passes("the office", session()),
    passes("the client's home", session(place_of_service="12")),
    passes("no place stated", session(place_of_service="")),
    passes(
        "place 10 on its first day",
        session(place_of_service="10", telehealth=None, date_of_service=dt.date(2022, 1, 1)),
    ),
    passes(
        "a network that says nothing of schools",
        session(place_of_service="03"),
        tables=tables_with(reviewed_places=frozenset()),
    ),
    passes(
        "place 02 on its first day",
        session(place_of_service="02", telehealth=None, date_of_service=dt.date(2017, 1, 1)),
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
    trips(
        "a school is mentioned",
        session(place_of_service="03"),
        {"severity": "info", "risk": "0.00", "says": "school"},
        cured=session(),
    ),
    trips(
        "a network that closes schools",
        session(place_of_service="03"),
        {"severity": "error"},
        tables=tables_with(closed_places=frozenset({"03"})),
    ),
    trips(
        "a network that mentions group homes",
        session(place_of_service="14"),
        {"says": "at place 14", "severity": "info"},
        tables=tables_with(reviewed_places=frozenset({"14"})),
    ),
    trips(
        "place 02 on the day before it existed",
        session(place_of_service="02", telehealth=None, date_of_service=dt.date(2016, 12, 31)),
        {"first_day": "2017-01-01"},
    ),
    trips(
        "place 27 on the day before",
        session(place_of_service="27", date_of_service=dt.date(2023, 9, 30)),
        {"first_day": "2023-10-01"},
    ),
    trips("a rehabilitation facility", session(place_of_service="62"), {"says": "rehabilitation"}),
]

test_passes, test_trips = tables_for("CG403", ROWS)
