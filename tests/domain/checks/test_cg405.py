"""CG405: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt

from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("not stated", session(place_of_service="10", telehealth="video")),
    passes("at home, as place 10 says", session(place_of_service="10", client_location="home", telehealth="video")),
    passes("elsewhere, as place 02 says", session(place_of_service="02", client_location="other", telehealth="video")),
    passes("in the office", session(client_location="office")),
    passes(
        "before place 10 existed",
        session(place_of_service="02", client_location="home", date_of_service=dt.date(2021, 12, 31)),
    ),
    passes("in person at home", session(place_of_service="12", client_location="home")),
    trips("place 10 and not at home", session(place_of_service="10", client_location="other"), {"severity": "warning"}),
    trips("place 02 and at home", session(place_of_service="02", client_location="home"), {"severity": "warning"}),
    trips(
        "the same where it changes the payment",
        session(place_of_service="02", client_location="home", payer_kind="medicare"),
        {"severity": "error"},
    ),
    trips("the office and at home", session(client_location="home"), {"severity": "warning"}),
    trips("abroad", session(place_of_service="02", client_location="outside_us"), {"severity": "warning"}),
    trips(
        "abroad at Medicare",
        session(place_of_service="02", client_location="outside_us", payer_kind="medicare"),
        {"severity": "error"},
    ),
    trips(
        "the first day of place 10",
        session(place_of_service="02", client_location="home", date_of_service=dt.date(2022, 1, 1)),
        {"severity": "warning"},
    ),
    trips(
        "place 12 and not at home",
        session(place_of_service="12", client_location="office"),
        {"severity": "warning"},
        cured=session(place_of_service="12", client_location="home"),
    ),
]

test_passes, test_trips = tables_for("CG405", ROWS)
