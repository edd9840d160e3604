"""Readers of single cells of our own tables: each brings a text into one way of writing it, or says what belongs there.

A spreadsheet turns days into ``1/31/2027`` and yes into ``TRUE`` when it saves a file; both are understood.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection

from clawguard.domain.codesets.lists import CellError, Read

LONGEST_LABEL = 60
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2100, 12, 31)
_CODE = re.compile(r"[0-9A-Z]{5}")
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


def label(text: str) -> str:
    plain = " ".join(text.split())
    if not plain or len(plain) > LONGEST_LABEL or not plain.isprintable() or plain[0] in _FORMULA:
        raise CellError(f"A label of your own words belongs here, up to {LONGEST_LABEL} characters.")
    return plain


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
