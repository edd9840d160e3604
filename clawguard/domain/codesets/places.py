"""Places of service and modifiers: what they say about where and how a session took place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

PLACE_VERSION = "2026-11.2"
MODIFIER_VERSION = "2026-11.2"

TELEHEALTH_PLACES = frozenset({"02", "10"})
VIDEO_MODIFIERS = frozenset({"95", "GT"})
AUDIO_MODIFIERS = frozenset({"93", "FQ"})
TELEHEALTH_MODIFIERS = VIDEO_MODIFIERS | AUDIO_MODIFIERS | {"GQ"}
SEPARATE_MODIFIERS = frozenset({"59", "XE", "XP", "XS", "XU"})
REPEAT_MODIFIERS = frozenset({"76", "77"})

# What a place is, in our words, where a check says more about it than its number.
PLACE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "03": "a school, where a school contract may pay first",
        "09": "a prison or jail",
        "18": "a worksite, where an employee programme may pay",
        "19": "an outpatient department off a hospital's campus",
        "21": "an inpatient hospital",
        "22": "an outpatient department of a hospital",
        "23": "an emergency department",
        "26": "a military facility",
        "31": "a skilled nursing facility, which bills some services itself",
        "34": "a hospice",
        "50": "a federally qualified health centre, which bills by encounter",
        "51": "an inpatient psychiatric hospital",
        "52": "a partial psychiatric hospital",
        "53": "a community mental-health centre",
        "55": "a residential substance-use centre",
        "56": "a psychiatric residential centre",
        "57": "a non-residential substance-use centre, which may bill bundles",
        "58": "an opioid treatment programme, which bills by the week",
        "62": "an outpatient rehabilitation facility",
        "72": "a rural health clinic, which bills by encounter",
        "99": "another place, which needs a description",
    }
)
# Paid at the facility rate: the facility has its share, and a service for use outside of it cannot be billed there.
FACILITY_PLACES = frozenset({"19", "21", "22", "23", "26", "31", "34", "51", "52", "53", "56", "57"})
_PLACES = (
    "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 31 32 33 34 41 42 49 50 51 52 53 "
    "54 55 56 57 58 60 61 62 65 66 71 72 81 99"
)
KNOWN_PLACES = frozenset(_PLACES.split())
FIRST_DAY_OF_PLACE: Mapping[str, dt.date] = MappingProxyType(
    {
        "02": dt.date(2017, 1, 1),
        "10": dt.date(2022, 1, 1),
        "19": dt.date(2016, 1, 1),
        "27": dt.date(2023, 10, 1),
        "58": dt.date(2020, 1, 1),
        "66": dt.date(2024, 8, 1),
    }
)

# Two modifiers on one line that contradict each other, with our reason.
CONTRADICTIONS: Mapping[frozenset[str], str] = MappingProxyType(
    {
        frozenset(pair.split()): reason
        for reason, pairs in (
            ("one says live video, the other says audio only", "95 93,95 FQ,GT 93,GT FQ"),
            ("both say live video; payers accept one", "95 GT"),
            ("recorded material and a live session exclude each other", "GQ 95,GQ 93,GQ GT,GQ FQ"),
            (
                "they name different levels of training",
                "HP HO,HP HN,HP HM,HO HN,HO HM,HN HM,AH AJ,AH HO,AH HN,AH HM,AJ HN,AJ HM",
            ),
            ("they name programmes for different ages", "HA HB,HA HC"),
            ("one says the client was present, the other says absent", "HR HS"),
            ("one says a group, the other a family", "HQ HR,HQ HS"),
        )
        for pair in pairs.split(",")
    }
)

# Two modifiers on one line that say the same; payers accept one.
SAME_MEANING: Mapping[frozenset[str], str] = MappingProxyType(
    {
        frozenset({"93", "FQ"}): "both say audio only",
        frozenset({"AH", "HP"}): "both say a doctoral level of training",
    }
)
