"""Codes of one kind of service in order of their least time: which of them fits a number of minutes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType

from clawguard.domain.codesets.procedures import PROCEDURES

# Office and remote visits choose their level by decision making or by total time since 2021, and since 2024 a time is
# a threshold to be met or exceeded; before, each level had a range that ended where the next began.
VISITS_BY_TIME_FROM = dt.date(2021, 1, 1)
RANGES_ENDED_ON = dt.date(2023, 12, 31)

_RUNGS = (
    "90832 90834 90837",
    "90833 90836 90838",
    "99202 99203 99204 99205",
    "99212 99213 99214 99215",
    "98000 98001 98002 98003",
    "98004 98005 98006 98007",
    "98008 98009 98010 98011",
    "98012 98013 98014 98015",
    "98966 98967 98968",
    "99441 99442 99443",
    "G2011 G0396 G0397",
)
LADDERS: Mapping[str, tuple[tuple[str, int], ...]] = MappingProxyType(
    {
        code: tuple((each, PROCEDURES[each].least or 0) for each in rungs.split())
        for rungs in _RUNGS
        for code in rungs.split()
    }
)
# Above the last rung of these there is no code for more time.
WITH_LONGER = frozenset(code for code, rungs in LADDERS.items() if rungs[-1][0] != code)


def fitting(code: str, minutes: int) -> str | None:
    """The code of the same kind with the highest least time that ``minutes`` reach; ``None`` if they reach none."""
    found = None
    for each, least in LADDERS.get(code, ()):
        if minutes >= least:
            found = each
    return found


def most_minutes(code: str) -> int | None:
    """The last minute before the next code of the same kind begins; ``None`` for the last code and for others."""
    rungs = LADDERS.get(code, ())
    for (each, _), (_, following) in pairwise(rungs):
        if each == code:
            return following - 1
    return None
