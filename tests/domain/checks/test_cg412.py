"""CG412: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from clawguard.domain.facts import SessionFacts
from tests.domain.checks.builders import passes, session, tables_for, tables_with, trips

PHONE = tables_with(audio_codes=frozenset({"90832", "90834"}))


def remote(code: str, **facts: Any) -> SessionFacts:
    """A Medicare session by video at home, unless told otherwise."""
    return session(code, **{"place_of_service": "10", "telehealth": "video", "payer_kind": "medicare", **facts})


ROWS = [
    passes("in person", session("90849", payer_kind="medicare", date_of_service=dt.date(2025, 12, 31))),
    passes("several families by video since 2026", remote("90849", date_of_service=dt.date(2026, 1, 1))),
    passes("therapy by video with Medicare", remote("90837")),
    passes("another payer's list is not known", remote("90899", payer_kind="commercial")),
    passes("by phone, the payer's list is not known", remote("90837", telehealth="audio", payer_kind="commercial")),
    passes(
        "by phone and on the payer's list", remote("90834", telehealth="audio", payer_kind="commercial"), tables=PHONE
    ),
    passes("by video the list by phone does not matter", remote("90837", payer_kind="commercial"), tables=PHONE),
    passes("a questionnaire is no meeting", remote("96127", telehealth="audio", payer_kind="commercial"), tables=PHONE),
    passes(
        "how it took place is neither stated nor said by a modifier",
        remote("90837", telehealth=None, payer_kind="commercial"),
        tables=PHONE,
    ),
    passes(
        "a claim's 95 says by video",
        remote("90837-95", telehealth=None, payer_kind="commercial"),
        tables=PHONE,
    ),
    passes(
        "by phone by its modifier, and on the payer's list",
        remote("90834-93", telehealth=None, payer_kind="commercial"),
        tables=PHONE,
    ),
    trips(
        "a claim's 93 says by phone, and the payer does not take it so",
        remote("90837-93", telehealth=None, payer_kind="commercial"),
        {"says": "by phone", "telehealth": "audio"},
        tables=PHONE,
    ),
    trips(
        "several families by video before 2026",
        remote("90849", date_of_service=dt.date(2025, 12, 31)),
        {"says": "since 2026-01-01", "line": 1},
        cured=dataclasses.replace(remote("90849", date_of_service=dt.date(2025, 12, 31)), telehealth=None),
    ),
    trips("a service without an own code", remote("90899"), {"says": "not on Medicare's list"}),
    trips(
        "by phone and not on the payer's list",
        remote("90837", telehealth="audio", payer_kind="commercial"),
        {"says": "by phone", "telehealth": "audio"},
        tables=PHONE,
    ),
    trips(
        "a payer that takes nothing by phone",
        remote("90834", telehealth="audio", payer_kind="commercial"),
        tables=tables_with(audio_codes=frozenset()),
    ),
]

test_passes, test_trips = tables_for("CG412", ROWS)
