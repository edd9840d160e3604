"""CG404: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt

from tests.domain.checks import builders as b
from tests.domain.checks.builders import passes, session, tables_for, trips

KNOWN = b.tables_with(**b.ASKS_95)
AT_THE_OFFICE = b.tables_with(telehealth_places=frozenset({"11"}), **b.ASKS_95)
ROWS = [
    passes("in person without a mark", session()),
    passes("video marked as video", session("90837-95", place_of_service="10", telehealth="video")),
    passes("the older mark for video", session("90837-GT", place_of_service="10", telehealth="video")),
    passes("phone marked as audio only", session("90837-93", place_of_service="10", telehealth="audio")),
    passes(
        "Medicare needs no mark for video since 2024",
        session(place_of_service="10", telehealth="video", payer_kind="medicare"),
    ),
    passes("a phone code says it itself", session("98966", place_of_service="10", telehealth="audio", minutes=8)),
    passes(
        "an employee programme has its own ways", session(place_of_service="10", telehealth="video", payer_kind="eap")
    ),
    passes(
        "a payer known to ask for none",
        session(place_of_service="10", telehealth="video"),
        tables=b.tables_with(video_modifiers=frozenset()),
    ),
    passes(
        "a claim of Medicare at the office on the first day of the emergency",
        session("90837-95", telehealth=None, payer_kind="medicare", date_of_service=dt.date(2020, 3, 1)),
    ),
    passes("video at the office place is another check's", session("90837-95", telehealth="video")),
    passes(
        "a questionnaire beside it needs no mark",
        session("90837-95", "96127", place_of_service="10", telehealth="video"),
    ),
    passes("a code we do not know", session("90837-95", "87070", place_of_service="10", telehealth="video")),
    passes(
        "the other of two that the payer takes",
        session("90837-GT", place_of_service="10", telehealth="video"),
        tables=b.tables_with(video_modifiers=frozenset({"95", "GT"})),
    ),
    passes(
        "93 says by phone where nothing else is stated, and this payer asks for it by phone",
        session("90837-93", place_of_service="10", telehealth=None),
        tables=KNOWN,
    ),
    passes(
        "95 says by video where nothing else is stated",
        session("90837-95", place_of_service="10", telehealth=None),
        tables=KNOWN,
    ),
    passes(
        "nothing stated, and nothing asked by phone: it may have been by phone",
        session(place_of_service="10", telehealth=None),
        tables=b.tables_with(**{**b.ASKS_95, "audio_modifiers": frozenset()}),
    ),
    passes(
        "a payer that takes the office place, marked",
        session("90837-95", telehealth="video"),
        tables=AT_THE_OFFICE,
    ),
    passes(
        "the same, how it took place is not stated",
        session("90837-95", telehealth=None),
        tables=AT_THE_OFFICE,
    ),
    passes(
        "a payer that wants the office place with a modifier beside its other places",
        session("90837-95", telehealth=None),
        tables=b.tables_with(telehealth_places=frozenset({"02", "10"}), office_place_with_modifier=True, **b.ASKS_95),
    ),
    passes(
        "by phone the day before 93 existed",
        session(place_of_service="10", telehealth="audio", date_of_service=dt.date(2021, 12, 31)),
    ),
    passes(
        "by video the day before 95 existed",
        session(place_of_service="02", telehealth="video", date_of_service=dt.date(2016, 12, 31)),
    ),
    passes("a payer that takes the office place, in person", session(), tables=AT_THE_OFFICE),
    passes("the same, nothing stated: most likely in person", session(telehealth=None), tables=AT_THE_OFFICE),
    trips(
        "by video at the office place, where this payer takes it, without a mark",
        session(telehealth="video"),
        {"says": "no telehealth modifier; this payer asks for 95"},
        tables=AT_THE_OFFICE,
        cured=session("90837-95", telehealth="video"),
    ),
    trips(
        "nothing stated and nothing marked: by video or by phone, this payer asks for a mark",
        session(place_of_service="10", telehealth=None),
        {"says": "no telehealth modifier; this payer asks for 93 or 95"},
        tables=KNOWN,
    ),
    trips(
        "FQ says by phone where nothing else is stated, and the payer asks for 93",
        session("90837-FQ", place_of_service="10", telehealth=None),
        {"says": "carries FQ; this payer asks for 93"},
        tables=KNOWN,
    ),
    trips(
        "no mark for video, the payer's rule unknown: only mentioned",
        session(place_of_service="10", telehealth="video"),
        {"severity": "info", "risk": "0.00", "payer_rule_known": False},
    ),
    trips(
        "no mark for video, the payer is known to ask", session(place_of_service="10", telehealth="video"), tables=KNOWN
    ),
    trips(
        "the payer's rule of the next year is not known",
        session(place_of_service="10", telehealth="video", date_of_service=dt.date(2027, 1, 1)),
        {"severity": "info"},
        tables=KNOWN,
    ),
    trips(
        "by phone on the first day of 93",
        session(place_of_service="10", telehealth="audio", date_of_service=dt.date(2022, 1, 1)),
        {"severity": "warning", "says": "no modifier 93"},
    ),
    trips(
        "by video on the first day of 95",
        session(place_of_service="02", telehealth="video", date_of_service=dt.date(2017, 1, 1)),
        {"severity": "info", "says": "no modifier 95"},
    ),
    trips(
        "nothing stated and nothing marked, no rule known: by video is usual",
        session(place_of_service="10", telehealth=None),
        {"severity": "info", "says": "no modifier 95"},
    ),
    trips("phone without a mark", session(place_of_service="10", telehealth="audio"), {"severity": "warning"}),
    trips(
        "phone without a mark at Medicare", session(place_of_service="10", telehealth="audio", payer_kind="medicare")
    ),
    trips(
        "phone marked as video", session("90837-95", place_of_service="10", telehealth="audio"), {"says": "by phone"}
    ),
    trips("video marked as audio only", session("90837-93", place_of_service="10", telehealth="video")),
    trips("in person marked as video", session("90837-95")),
    trips(
        "the office place with a mark, nothing stated", session("90837-95", telehealth=None), {"severity": "warning"}
    ),
    trips(
        "the office place with a mark, where this payer takes only 02 and 10",
        session("90837-95", telehealth=None),
        {"severity": "warning"},
        tables=b.tables_with(telehealth_places=frozenset({"02", "10"}), **b.ASKS_95),
    ),
    trips("the same at Medicare", session("90837-95", telehealth=None, payer_kind="medicare")),
    trips(
        "the same at Medicare the day before the emergency",
        session("90837-95", telehealth=None, payer_kind="medicare", date_of_service=dt.date(2020, 2, 29)),
        {"severity": "error"},
    ),
    trips(
        "phone without a mark at Medicare before 2024",
        session(
            place_of_service="02", telehealth="audio", payer_kind="medicare", date_of_service=dt.date(2023, 12, 31)
        ),
        {"severity": "warning"},
    ),
    trips(
        "and on the first day of 2024",
        session(place_of_service="02", telehealth="audio", payer_kind="medicare", date_of_service=dt.date(2024, 1, 1)),
        {"severity": "error"},
    ),
    trips(
        "an evaluation by video without a mark",
        session("90791", place_of_service="10", telehealth="video"),
        {"severity": "info"},
    ),
    trips(
        "a group by phone without a mark",
        session("90853", place_of_service="02", telehealth="audio"),
        {"severity": "warning"},
    ),
    trips(
        "the older mark where the payer asks for the other",
        session("90837-GT", place_of_service="10", telehealth="video"),
        {"says": "carries GT; this payer asks for 95"},
        tables=KNOWN,
        cured=session("90837-95", place_of_service="10", telehealth="video"),
    ),
    trips(
        "FQ by phone where the payer asks for 93",
        session("90837-FQ", place_of_service="10", telehealth="audio"),
        {"says": "asks for 93"},
        tables=KNOWN,
    ),
]

test_passes, test_trips = tables_for("CG404", ROWS)
