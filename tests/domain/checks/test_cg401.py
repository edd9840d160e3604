"""CG401: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clawguard.domain.facts import SessionFacts
from tests.domain.checks import builders as b
from tests.domain.checks.builders import passes, session, tables_for, trips


def at_medicare(day: str, **facts: Any) -> SessionFacts:
    """By video at the office with modifier 95."""
    given = {"telehealth": "video", "payer_kind": "medicare", "date_of_service": dt.date.fromisoformat(day), **facts}
    return session("90837-95", **given)


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
    passes("the first day of the emergency at Medicare", at_medicare("2020-03-01")),
    passes("Medicare before there was a telehealth place", at_medicare("2016-12-31")),
    passes("Medicare at place 02 before the emergency", at_medicare("2019-06-03", place_of_service="02")),
    passes("Medicare at place 02 in the emergency", at_medicare("2022-06-03", place_of_service="02")),
    passes(
        "a Medicare plan that wants the office place",
        at_medicare("2026-03-18"),
        tables=b.tables_with(office_place_with_modifier=True),
    ),
    passes(
        "a network that lets the emergency go on",
        at_medicare("2026-03-18"),
        tables=b.tables_with(medicare_office_place_until=None),
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
    trips("Medicare on the last day before the emergency", at_medicare("2020-02-29"), {"severity": "error"}),
    trips("Medicare in 2019", at_medicare("2019-06-03"), {"severity": "error", "place_of_service": "11"}),
    trips("the first day of the telehealth place", at_medicare("2017-01-01"), {"severity": "error"}),
    trips(
        "a network without the emergency's exception",
        at_medicare("2026-03-18"),
        {"severity": "error"},
        tables=b.tables_with(medicare_office_place_from=None),
    ),
    trips(
        "Medicare in the emergency, without the modifier",
        session("90837", telehealth="video", payer_kind="medicare", date_of_service=dt.date(2022, 6, 3)),
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
