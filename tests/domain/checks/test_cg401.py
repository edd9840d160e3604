"""CG401: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt

from tests.domain.checks import builders as b
from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("in person at the office", session()),
    passes("video at home", session("90837-95", place_of_service="10", telehealth="video")),
    passes("phone elsewhere", session("90837-93", place_of_service="02", telehealth="audio")),
    passes("how it took place is not stated", session(place_of_service="10", telehealth=None)),
    passes("a rural clinic bills by its own rules", session(place_of_service="72", telehealth="video")),
    passes(
        "a payer known to want the office place",
        session("90837-95", telehealth="video"),
        tables=b.tables_with(**b.ASKS_95, office_place_with_modifier=True),
    ),
    passes(
        "Medicare before 2024 wanted the office place",
        session("90837-95", telehealth="video", payer_kind="medicare", date_of_service=dt.date(2023, 12, 31)),
    ),
    passes(
        "the payer's own place",
        session("90837-95", place_of_service="02", telehealth="video"),
        tables=b.tables_with(telehealth_places=frozenset({"02"})),
    ),
    passes(
        "the payer's own place is the office",
        session("90837-95", telehealth="video"),
        tables=b.tables_with(telehealth_places=frozenset({"11"})),
    ),
    passes(
        "in person, the payer's places for telehealth do not matter",
        session(),
        tables=b.tables_with(telehealth_places=frozenset({"02"})),
    ),
    trips("in person at a telehealth place", session(place_of_service="10"), {"telehealth": "none"}),
    trips("in person at the other telehealth place", session(place_of_service="02")),
    trips("video at the office without a mark", session(telehealth="video"), {"place_of_service": "11"}),
    trips(
        "video marked at the office, the payer's rule unknown",
        session("90837-95", telehealth="video"),
        {"severity": "warning"},
    ),
    trips(
        "the same with a payer known not to want it",
        session("90837-95", telehealth="video"),
        tables=b.tables_with(**b.ASKS_95),
    ),
    trips(
        "Medicare since 2024",
        session("90837-95", telehealth="video", payer_kind="medicare", date_of_service=dt.date(2024, 1, 1)),
    ),
    trips("phone at the office", session(telehealth="audio"), {"says": "by phone"}),
    trips(
        "a telehealth place that this payer does not take",
        session("90837-95", place_of_service="10", telehealth="video"),
        {"asked": ["02"], "says": "it asks for 02"},
        tables=b.tables_with(telehealth_places=frozenset({"02"})),
        cured=session("90837-95", place_of_service="02", telehealth="video"),
    ),
    trips(
        "a payer that takes no telehealth",
        session("90837-95", place_of_service="10", telehealth="video"),
        {"says": "it asks for none"},
        tables=b.tables_with(telehealth_places=frozenset()),
    ),
    trips(
        "the office where the payer's places are known",
        session("90837-95", telehealth="video"),
        {"severity": "error"},
        tables=b.tables_with(telehealth_places=frozenset({"02", "10"})),
    ),
]

test_passes, test_trips = tables_for("CG401", ROWS)
