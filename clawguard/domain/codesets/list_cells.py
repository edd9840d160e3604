"""Readers of single cells of our own tables: each brings a text into one way of writing it, or says what belongs there.

A spreadsheet turns days into ``1/31/2027`` and yes into ``TRUE`` when it saves a file; both are understood.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping

from clawguard.domain.codesets.lists import CellError, Read

LONGEST_LABEL = 80
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2100, 12, 31)
_CODE = re.compile(r"[0-9A-Z]{5}")
_MODIFIER = re.compile(r"[0-9A-Z]{2}")
_US_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_FORMULA = "=+-@"
_YES, _NO = ("yes", "y", "true"), ("no", "n", "false", "")


def code(text: str) -> str:
    upper = text.upper()
    if not _CODE.fullmatch(upper):
        raise CellError("A procedure code has five letters or digits.")
    return upper


def codes(text: str) -> str:
    """Codes with blanks between, in order."""
    try:
        return " ".join(sorted({code(each) for each in text.split()}))
    except CellError:
        raise CellError("Procedure codes with blanks between belong here, or nothing.") from None


def code_or_nothing(text: str) -> str:
    return code(text) if text else ""


def modifier(text: str) -> str:
    upper = text.upper()
    if not _MODIFIER.fullmatch(upper):
        raise CellError("A modifier has two letters or digits.")
    return upper


def modifiers(text: str) -> str:
    """Modifiers with blanks between, in order."""
    try:
        return " ".join(sorted({modifier(each) for each in text.split()}))
    except CellError:
        raise CellError("Modifiers with blanks between belong here, or nothing.") from None


def label(text: str) -> str:
    plain = " ".join(text.split())
    if not plain or len(plain) > LONGEST_LABEL or not plain.isprintable() or plain[0] in _FORMULA:
        raise CellError(f"A label of your own words belongs here, up to {LONGEST_LABEL} characters.")
    return plain


def label_or_nothing(text: str) -> str:
    return label(text) if text else ""


def place(text: str) -> str:
    digits = text.zfill(2) if text else ""
    if not (digits.isascii() and digits.isdigit() and len(digits) == 2):
        raise CellError("A place of service has two digits, such as 02.")
    return digits


def yes_or_no(text: str) -> str:
    low = text.lower()
    if low in _YES:
        return "yes"
    if low in _NO:
        return "no"
    raise CellError("yes or no belongs here.")


def one_of(words: Collection[str], *, may_be_empty: bool = False) -> Read:
    listed = ", ".join(sorted(words)) + (", or nothing" if may_be_empty else "")

    def read(text: str) -> str:
        low = text.lower()
        if low in words or (may_be_empty and not low):
            return low
        raise CellError(f"One of these belongs here: {listed}.")

    return read


def number(least: int, most: int) -> Read:
    """A whole number, or nothing."""

    def read(text: str) -> str:
        if not text:
            return ""
        if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most):
            raise CellError(f"A whole number from {least} to {most:,} belongs here, or nothing.")
        return str(int(text))

    return read


def day_needed(text: str) -> str:
    if not text:
        raise CellError("A day such as 2027-01-31 belongs here.")
    return day(text)


def as_day(text: str) -> dt.date | None:
    """The day of a cell that ``day`` has read."""
    return dt.date.fromisoformat(text) if text else None


def period_faults(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if row["valid_from"] and row["valid_to"] and row["valid_from"] > row["valid_to"]:
        yield "valid_to", f"It ends on {row['valid_to']}, before it begins on {row['valid_from']}."


def day(text: str) -> str:
    """A day, or nothing."""
    if not text:
        return ""
    american = _US_DAY.fullmatch(text)
    try:
        found = (
            dt.date(int(american[3]), int(american[1]), int(american[2])) if american else dt.date.fromisoformat(text)
        )
    except ValueError:
        found = dt.date.min
    if not EARLIEST <= found <= LATEST:
        raise CellError("A day such as 2027-01-31 belongs here, or nothing.")
    return found.isoformat()
