"""CG408: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("a video visit by video", session("98006", place_of_service="10", telehealth="video")),
    passes("an audio visit by phone", session("98012", place_of_service="10", telehealth="audio")),
    passes("a video visit, nothing stated", session("98006", place_of_service="10", telehealth=None)),
    passes(
        "a phone call, nothing stated of the way nor in person by its place",
        session("98966", minutes=8, place_of_service="02", telehealth=None),
    ),
    passes("an office visit says nothing of itself", session("99214", telehealth="none")),
    passes("crisis work at the client's home", session("G0017", minutes=60, place_of_service="12")),
    passes("crisis work in the street", session("G0017", minutes=60, place_of_service="27")),
    passes("the first audio code", session("98008", place_of_service="10", telehealth="audio")),
    trips(
        "a video visit by phone",
        session("98006", place_of_service="10", telehealth="audio"),
        {"line": 1, "says": "by video; the session took place by phone"},
    ),
    trips("the last video code by phone", session("98007", place_of_service="10", telehealth="audio")),
    trips("an audio visit by video", session("98008", place_of_service="10", telehealth="video")),
    trips("a phone call in person", session("98966", minutes=8), {"says": "in person"}),
    trips("a video visit, the place says in person", session("98006", telehealth=None), {"says": "place 11"}),
    trips(
        "crisis work outside the office, at the office",
        session("G0017", minutes=60),
        {"says": "the place is 11"},
        cured=session("G0017", minutes=60, place_of_service="12"),
    ),
    trips("in a hospital", session("G0017", "G0018", minutes=80, place_of_service="22"), {"count": 2}),
]

test_passes, test_trips = tables_for("CG408", ROWS)
