"""Dates as written in the United States: 03/18/2026, 3-18-26, 3.18.26, March 18, 2026, 18 Mar 2026, 2026-03-18."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = re.compile(
    r"\b(?P<iy>(?:19|20)\d\d)-(?P<im>\d{1,2})-(?P<id>\d{1,2})\b"
    r"|(?<![\d/.-])(?P<m>\d{1,2})(?P<sep>[/.-])(?P<d>\d{1,2})(?P=sep)(?P<y>(?:19|20)?\d\d)(?![\d/-])"
    r"|\b" + _MONTH.format("nm") + r"\s+(?P<nd>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<ny>(?:19|20)\d\d)\b"
    r"|\b(?P<ed>\d{1,2})\s+" + _MONTH.format("em") + r",?\s+(?P<ey>(?:19|20)\d\d)\b"
)  # fmt: skip
_SPLIT_YEAR = 40  # 26 is 2026, 78 is 1978


@dataclass(frozen=True, slots=True)
class Day:
    date: dt.date
    start: int
    end: int


def find(low: str) -> tuple[Day, ...]:
    """All dates of a folded text in order."""
    found = []
    for match in _DATE.finditer(low):
        day = _read(match)
        if day is not None:
            found.append(Day(day, match.start(), match.end()))
    return tuple(found)


def _read(match: re.Match[str]) -> dt.date | None:
    if match["iy"]:
        parts = (match["iy"], match["im"], match["id"])
    elif match["m"]:
        parts = (match["y"], match["m"], match["d"])
    elif match["nm"]:
        parts = (match["ny"], _month(match["nm"]), match["nd"])
    else:
        parts = (match["ey"], _month(match["em"]), match["ed"])
    year, month, day = (int(part) for part in parts)
    if year < 100:
        year += 2000 if year < _SPLIT_YEAR else 1900
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _month(name: str) -> int:
    return _MONTHS.index(name[:3]) + 1
