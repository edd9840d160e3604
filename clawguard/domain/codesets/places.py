"""Places of service as dated values: what they say about where a session took place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

PLACE_VERSION = "2026-11.2"
_TELEHEALTH = ("02", "10")

# What a place is, in our words, where a check says more about it than its number.
_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "03": "a school, where a school contract may pay first",
        "09": "a prison or jail",
        "18": "a worksite, where an employee program may pay",
        "19": "an outpatient department off a hospital's campus",
        "21": "an inpatient hospital",
        "22": "an outpatient department of a hospital",
        "23": "an emergency department",
        "26": "a military facility",
        "31": "a skilled nursing facility, which bills some services itself",
        "34": "a hospice",
        "50": "a federally qualified health center, which bills by encounter",
        "51": "an inpatient psychiatric hospital",
        "52": "a partial psychiatric hospital",
        "53": "a community mental-health center",
        "55": "a residential substance-use center",
        "56": "a psychiatric residential center",
        "57": "a non-residential substance-use center, which may bill bundles",
        "58": "an opioid treatment program, which bills by the week",
        "62": "an outpatient rehabilitation facility",
        "72": "a rural health clinic, which bills by encounter",
        "99": "another place, which needs a description",
    }
)
# Paid at the facility rate: the facility has its share, and a service for use outside of it cannot be billed there.
_FACILITIES = frozenset({"19", "21", "22", "23", "26", "31", "34", "51", "52", "53", "56", "57"})
_PLACES = (
    "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 31 32 33 34 41 42 49 50 51 52 53 "
    "54 55 56 57 58 60 61 62 65 66 71 72 81 99"
)
_FIRST_DAYS: Mapping[str, dt.date] = MappingProxyType(
    {
        "02": dt.date(2017, 1, 1),
        "10": dt.date(2022, 1, 1),
        "19": dt.date(2016, 1, 1),
        "27": dt.date(2023, 10, 1),
        "58": dt.date(2020, 1, 1),
        "66": dt.date(2024, 8, 1),
    }
)


@dataclass(frozen=True, slots=True)
class Place:
    """One place of service. ``label``: what it is, in our words, where a check says more about it than its number.

    ``facility``: paid at the facility rate. ``first_day`` and ``last_day`` are dates of service, both included.
    """

    code: str
    label: str
    telehealth: bool
    facility: bool
    first_day: dt.date | None
    last_day: dt.date | None


@dataclass(frozen=True, slots=True, eq=False)
class PlaceTable:
    """One version of the table. ``version`` is the digest of its rows, ``name`` what a finding cites."""

    version: str
    name: str
    rows: Mapping[str, Place]

    def get(self, code: str) -> Place | None:
        return self.rows.get(code)

    def is_telehealth(self, code: str) -> bool:
        place = self.rows.get(code)
        return place is not None and place.telehealth

    def is_facility(self, code: str) -> bool:
        place = self.rows.get(code)
        return place is not None and place.facility


PLACES: Mapping[str, Place] = MappingProxyType(
    {
        code: Place(code, _NAMES.get(code, ""), code in _TELEHEALTH, code in _FACILITIES, _FIRST_DAYS.get(code), None)
        for code in _PLACES.split()
    }
)
