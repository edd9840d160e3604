"""What the name of an official file says: kind, variant, quarter and part. Names are hints; the content decides."""

from __future__ import annotations

import re
from typing import NamedTuple

from clawguard.domain.codesets import Quarter, TableKind, Variant

_YEAR_QUARTER = re.compile(r"(?<!\d)(20\d\d)[-_ ]?q([1-4])(?!\d)", re.IGNORECASE)
_QUARTER_YEAR = re.compile(r"(?<![a-z0-9])q([1-4])[-_ ]?(20\d\d)(?!\d)", re.IGNORECASE)
_EFFECTIVE = re.compile(r"eff[-_. ]*(0[147]|10)[-_](01)[-_](20\d\d)", re.IGNORECASE)
_VERSION = re.compile(r"cci(?:pra|oph)[-_. ]*v(\d\d)(\d)r\d", re.IGNORECASE)
_PART = re.compile(r"[-_. ]f([1-9])(?![a-z0-9])", re.IGNORECASE)
_FIRST_VERSION_YEAR = 1994  # version 32.2 is the third quarter of 2026


class Told(NamedTuple):
    """``None`` or 0 where the name says nothing. ``other_setting``: the file is about hospitals or equipment."""

    kind: TableKind | None
    variant: Variant | None
    quarter: Quarter | None
    part: int
    other_setting: bool


def told_by_name(name: str) -> Told:
    text = name.rpartition("/")[2].lower()
    part = _PART.search(text)
    return Told(
        _kind(text),
        _variant(text),
        _quarter(text),
        int(part.group(1)) if part else 0,
        bool(re.search(r"ccioph|outpatient|hospital|dme|supplier", text)),
    )


def _kind(text: str) -> TableKind | None:
    if re.search(r"aoc|add[-_ ]?on", text):
        return TableKind.ADD_ONS
    if "mue" in text:
        return TableKind.UNITS
    return TableKind.PAIRS if re.search(r"ptp|ccipra", text) else None


def _variant(text: str) -> Variant | None:
    if re.search(r"medicaid|(?<![a-z])mcd(?![a-z])", text):
        return Variant.MEDICAID
    return Variant.MEDICARE if re.search(r"medicare|(?<![a-z])mcr(?![a-z])", text) else None


def _quarter(text: str) -> Quarter | None:
    if found := _YEAR_QUARTER.search(text):
        return Quarter(int(found.group(1)), int(found.group(2)))
    if found := _QUARTER_YEAR.search(text):
        return Quarter(int(found.group(2)), int(found.group(1)))
    if found := _EFFECTIVE.search(text):
        return Quarter(int(found.group(3)), (int(found.group(1)) + 2) // 3)
    if (found := _VERSION.search(text)) and found.group(2) in "0123":
        return Quarter(_FIRST_VERSION_YEAR + int(found.group(1)), int(found.group(2)) + 1)
    return None
