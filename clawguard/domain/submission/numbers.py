"""Scalar readers for numbers, money, dates and instants."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from clawguard.domain.submission.values import RefusedError

EARLIEST = dt.date(1900, 1, 1)
LATEST_YEAR = 2199  # keeps every later conversion between zones inside what datetime can hold
_MONEY = re.compile(r"(?:[0-9]{1,7}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(?:\.[0-9]{1,2})?")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?([Zz]|[+-][0-9]{2}:[0-9]{2})?"
)
_WIDEST_OFFSET = dt.timedelta(hours=14)


def integer(lowest: int, highest: int) -> Callable[[Any], int]:
    """A reader for whole numbers in a range. 1 and 1.0 are the same JSON number; true and "1" are not numbers."""

    def read(raw: Any) -> int:
        if type(raw) is float and raw.is_integer():
            raw = int(raw)
        if type(raw) is not int:
            raise RefusedError("type_integer", f"must be a whole number from {lowest} to {highest}, without quotes.")
        if not lowest <= raw <= highest:
            raise RefusedError("out_of_range", f"must be from {lowest} to {highest}.")
        return raw

    return read


def boolean(raw: Any) -> bool:
    if type(raw) is not bool:
        raise RefusedError("type_boolean", "must be true or false, without quotes.")
    return raw


def money(raw: Any) -> Decimal:
    """A US dollar amount as a decimal string, thousands commas allowed; never a binary fraction, never negative."""
    if type(raw) is not str:
        raise RefusedError("type_string", 'must be a decimal string such as "180.00"; send the amount in quotes.')
    if len(raw) > 40:
        raise RefusedError("money_format", "is too long for an amount; correct it.")
    return _amount(raw)


@lru_cache(maxsize=8192)
def _amount(raw: str) -> Decimal:
    value = raw.strip(" ")
    if not _MONEY.fullmatch(value):
        raise RefusedError(
            "money_format",
            "is not an amount we can read without guessing; send digits, a decimal point and at most two decimals, "
            "for example 180.00.",
        )
    return Decimal(value.replace(",", "")).quantize(Decimal("0.01"))


def date(raw: Any) -> dt.date:
    """An ISO calendar date from 1900 on."""
    if type(raw) is not str:
        raise RefusedError("type_string", "must be a date in quotes, such as 2026-03-18.")
    if len(raw) != 10 or raw[4] != "-" or raw[7] != "-":
        raise RefusedError("date_format", "is not a date in the form YYYY-MM-DD; correct it.")
    try:
        value = dt.date.fromisoformat(raw)
    except ValueError:
        raise RefusedError("date_format", "is not a day of the calendar in the form YYYY-MM-DD; correct it.") from None
    if value < EARLIEST or value.year > LATEST_YEAR:
        raise RefusedError("date_out_of_range", "is before 1900 or too far ahead; correct the year.")
    return value


def instant(raw: Any) -> dt.datetime:
    """An RFC 3339 instant. Without an offset it names no instant, so it is refused rather than guessed."""
    if type(raw) is not str:
        raise RefusedError("type_string", "must be a date and time in quotes, such as 2026-03-18T10:02:00-04:00.")
    match = _INSTANT.fullmatch(raw) if len(raw) <= 40 else None
    if match is None:
        raise RefusedError("datetime_format", "is not in the form 2026-03-18T10:02:00-04:00; correct it.")
    try:
        value = dt.datetime.fromisoformat(raw)
    except ValueError:
        raise RefusedError("datetime_format", "names no existing day, time or offset; correct it.") from None
    if match[1] is None:
        raise RefusedError("datetime_naive", "has no offset; add it, such as -04:00 or Z.")
    offset = value.utcoffset()
    if offset is None or abs(offset) > _WIDEST_OFFSET:
        raise RefusedError("datetime_format", "has an offset no place uses; correct it.")
    if not EARLIEST.year < value.year <= LATEST_YEAR:
        raise RefusedError("date_out_of_range", "is before 1900 or too far ahead; correct the year.")
    return value
