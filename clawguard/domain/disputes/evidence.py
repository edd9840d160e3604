"""Kinds of evidence in a dispute and the fields of each. Values are read strictly and kept as plain JSON.

Free text may tell of care: whoever stores a value seals it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from clawguard.domain.disputes import _table_evidence

LONGEST_TEXT = 4000  # characters
MOST_WHOLE = 9999


class Side(StrEnum):
    """Who usually has it."""

    PROVIDER = "provider"
    CLIENT = "client"
    NETWORK = "network"


class FieldType(StrEnum):
    MOMENT = "moment"  # RFC 3339 with offset
    DATE = "date"
    TEXT = "text"
    WHOLE = "whole"
    MONEY = "money"  # US dollars as text
    YES_NO = "yes_no"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    label: str
    type: FieldType
    required: bool = True
    choices: tuple[tuple[str, str], ...] = ()  # value, label


@dataclass(frozen=True, slots=True)
class Kind:
    id: str
    label: str
    hint: str  # what to put there, for whoever is asked
    side: Side
    fields: tuple[Field, ...]
    document: bool = False  # a document behind it says more than the fields do

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)


@dataclass(frozen=True, slots=True)
class Fault:
    field: str
    code: str
    message: str


class EvidenceError(Exception):
    """Everything that is wrong with one value, field by field."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(" ".join(fault.message for fault in faults))
        self.faults = faults


def _build() -> Mapping[str, Kind]:
    kinds = {}
    for kind_id, label, hint, side, fields in _table_evidence.ROWS:
        shaped = tuple(Field(name, words, FieldType(type_), *rest) for name, words, type_, *rest in fields)
        kinds[kind_id] = Kind(kind_id, label, hint, Side(side), shaped, kind_id in _table_evidence.DOCUMENTS)
    return MappingProxyType(kinds)


KINDS = _build()


def read_evidence(kind: Kind, given: Mapping[str, Any]) -> dict[str, Any]:
    """The value of one row of evidence: known fields only, each read; empty ones are left out. Raises EvidenceError."""
    faults = [
        Fault(name, "unknown", f"{kind.label} has no field {name}.") for name in given if kind.field(name) is None
    ]
    found: dict[str, Any] = {}
    for field in kind.fields:
        value = given.get(field.name)
        if value in (None, ""):
            if field.required:
                faults.append(Fault(field.name, "missing", f"{kind.label}: {field.label} is needed."))
            continue
        try:
            found[field.name] = _READERS[field.type](field, value)
        except ValueError as error:
            faults.append(Fault(field.name, "unreadable", f"{kind.label}: {field.label}: {error}"))
    if faults:
        raise EvidenceError(tuple(faults))
    return found


def _moment(_field: Field, value: Any) -> str:
    try:
        moment = dt.datetime.fromisoformat(value)
    except (TypeError, ValueError):
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValueError("give a date and a time with its offset.")
    return moment.isoformat()


def _date(_field: Field, value: Any) -> str:
    try:
        return dt.date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        raise ValueError("give a date, such as 2026-11-24.") from None


def _text(_field: Field, value: Any) -> str:
    text = value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""
    if not text or "\0" in text or len(text) > LONGEST_TEXT:
        raise ValueError(f"give a text of at most {LONGEST_TEXT:,} characters.")
    return text


def _whole(_field: Field, value: Any) -> int:
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value.strip()[:6])
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_WHOLE:
        raise ValueError(f"give a whole number up to {MOST_WHOLE:,}.")
    return value


def _money(_field: Field, value: Any) -> str:
    try:
        amount = Decimal(value.strip().lstrip("$").replace(",", "")) if isinstance(value, str) else None
    except InvalidOperation:
        amount = None
    if amount is None or not amount.is_finite() or not 0 <= amount < 10**8 or amount != round(amount, 2):
        raise ValueError("give an amount in dollars and cents, such as 40.00.")
    return f"{amount:.2f}"


def _yes_no(_field: Field, value: Any) -> bool:
    answer = {True: True, False: False, "yes": True, "no": False}.get(value) if isinstance(value, bool | str) else None
    if answer is None:
        raise ValueError("answer yes or no.")
    return answer


def _choice(field: Field, value: Any) -> str:
    if value not in dict(field.choices):
        raise ValueError(f"choose one of {', '.join(label for _value, label in field.choices)}.")
    return str(value)


_READERS = {
    FieldType.MOMENT: _moment,
    FieldType.DATE: _date,
    FieldType.TEXT: _text,
    FieldType.WHOLE: _whole,
    FieldType.MONEY: _money,
    FieldType.YES_NO: _yes_no,
    FieldType.CHOICE: _choice,
}
