"""Places of service and modifiers: what they say about where and how a session took place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

PLACE_VERSION = "2026-11"
MODIFIER_VERSION = "2026-11"

TELEHEALTH_PLACES = frozenset({"02", "10"})
VIDEO_MODIFIERS = frozenset({"95", "GT"})
AUDIO_MODIFIERS = frozenset({"93", "FQ"})
TELEHEALTH_MODIFIERS = VIDEO_MODIFIERS | AUDIO_MODIFIERS | {"GQ"}
SEPARATE_MODIFIERS = frozenset({"59", "XE", "XP", "XS", "XU"})
REPEAT_MODIFIERS = frozenset({"76", "77"})

# Places an outpatient network session cannot have been in: custody, stays paid by the day, hospice.
CLOSED_PLACES: Mapping[str, str] = MappingProxyType(
    {
        "09": "a prison or jail",
        "21": "an inpatient hospital",
        "34": "a hospice",
        "51": "an inpatient psychiatric hospital",
        "55": "a residential substance-use centre",
        "56": "a psychiatric residential centre",
        "62": "an outpatient rehabilitation facility",
    }
)
_PLACES = (
    "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 31 32 33 34 41 42 49 50 51 52 53 "
    "54 55 56 57 58 60 61 62 65 66 71 72 81 99"
)
KNOWN_PLACES = frozenset(_PLACES.split())
FIRST_DAY_OF_PLACE: Mapping[str, dt.date] = MappingProxyType(
    {"10": dt.date(2022, 1, 1), "27": dt.date(2023, 10, 1), "66": dt.date(2024, 8, 1)}
)

# Two modifiers on one line that contradict each other, with our reason.
CONTRADICTIONS: Mapping[frozenset[str], str] = MappingProxyType(
    {
        frozenset(pair.split()): reason
        for reason, pairs in (
            ("one says live video, the other says audio only", "95 93,95 FQ,GT 93,GT FQ"),
            ("both say live video; payers accept one", "95 GT"),
            ("recorded material and a live session exclude each other", "GQ 95,GQ 93,GQ GT,GQ FQ"),
            ("they name different levels of training", "HP HO,HP HN,HP HM,HO HN,HO HM,HN HM,AH AJ"),
            ("they name programmes for different ages", "HA HB,HA HC"),
            ("one says the client was present, the other says absent", "HR HS"),
            ("one says a group, the other a family", "HQ HR,HQ HS"),
        )
        for pair in pairs.split(",")
    }
)
