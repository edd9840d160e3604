"""Cells of official files: codes, dates, and the headings above columns."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from clawguard.domain.codesets.packed import OPEN, day_number

_CODE = re.compile(r"[0-9A-Z]{5}")
_DAY = re.compile(r"(?:19|20)\d{6}")
_ORDINAL = re.compile(r"(?:19|20)\d{5}")


class RowFault(Exception):
    """One row cannot be read; ``message`` says what to look at, without repeating the row."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass(frozen=True, slots=True)
class Headings:
    """What stands above each column, in lower case and with single blanks."""

    columns: tuple[str, ...]

    def find(self, *words: str) -> int | None:
        """The first column whose heading holds one of ``words``."""
        for index, text in enumerate(self.columns):
            plain = " ".join(text.lower().split())
            if any(word in plain for word in words):
                return index
        return None

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.columns).lower().split())


def is_code(cell: str) -> bool:
    """Whether a cell holds a procedure code: five letters or digits, a digit among them."""
    return bool(_CODE.fullmatch(cell)) and any(letter.isdigit() for letter in cell)


@lru_cache(maxsize=4096)
def first_day(cell: str) -> int:
    """``yyyymmdd`` as a day number. Raises RowFault."""
    if not _DAY.fullmatch(cell):
        raise RowFault("date", "The effective date is no date such as 20260701.")
    try:
        return day_number(dt.date(int(cell[:4]), int(cell[4:6]), int(cell[6:])))
    except ValueError:
        raise RowFault("date", "The effective date is no day of the calendar.") from None


@lru_cache(maxsize=4096)
def last_day(cell: str) -> int:
    """``yyyymmdd`` as a day number; ``*`` or nothing: the row has not ended."""
    if cell in ("*", ""):
        return OPEN
    try:
        return first_day(cell)
    except RowFault:
        raise RowFault("date", "The deletion date is no date such as 20260630, and no asterisk.") from None


@lru_cache(maxsize=4096)
def ordinal_day(cell: str) -> int:
    """``yyyyddd``, the day counted within the year, as add-on lists write dates; ``yyyymmdd`` is understood too."""
    if _DAY.fullmatch(cell):
        return first_day(cell)
    if not _ORDINAL.fullmatch(cell) or not 1 <= int(cell[4:]) <= 366:
        raise RowFault("date", "A date is neither like 2026182 nor like 20260701.")
    return day_number(dt.date(int(cell[:4]), 1, 1) + dt.timedelta(days=int(cell[4:]) - 1))
