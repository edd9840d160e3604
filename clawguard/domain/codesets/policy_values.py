"""The values of a policy as JSON and as typed text: read strictly, with every field at fault named at once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from clawguard.domain.codesets.policy import LABELS, MOST, Policy, group_name, pair_name
from clawguard.domain.codesets.policy_choices import GroupNumbers
from clawguard.domain.codesets.policy_patterns import NETWORK_ONLY

MOST_NUMBER = 100_000
MOST_CODES = 500
_CODE = re.compile(r"[A-Z0-9]{1,8}")  # procedures, modifiers, places, states, beginnings of diagnoses


class Kind(StrEnum):
    """What a value is made of."""

    NUMBER = "number"  # whole, not negative
    YES_NO = "yes or no"
    DATE = "date"
    CODES = "codes"
    PAIRS = "pairs of codes"
    CODE_NUMBERS = "numbers by code"
    GROUP_NUMBERS = "numbers by codes that count together"


@dataclass(frozen=True, slots=True)
class ValueShape:
    """``optional``: may be None, "nobody has said"."""

    kind: Kind
    optional: bool


@dataclass(frozen=True, slots=True)
class ValueProblem:
    """What is wrong with the value ``name``, in words that say what to give instead."""

    name: str
    code: str
    message: str


_BY_NAME = (Kind.CODE_NUMBERS, Kind.GROUP_NUMBERS)  # in JSON an object of numbers


class PolicyValuesError(ValueError):
    """Every value at fault, once."""

    def __init__(self, problems: Iterable[ValueProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{problem.name}: {problem.message}" for problem in self.problems))


def _shape(name: str, hint: Any) -> ValueShape:
    parts = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    (inner,) = [part for part in parts if part is not NoneType]
    optional = NoneType in parts
    if get_origin(inner) is frozenset:
        return ValueShape(Kind.PAIRS if name.startswith("pairs_") else Kind.CODES, optional)
    if inner == GroupNumbers:
        return ValueShape(Kind.GROUP_NUMBERS, optional)
    if get_origin(inner) is tuple:
        return ValueShape(Kind.CODE_NUMBERS, optional)
    kind = {int: Kind.NUMBER, bool: Kind.YES_NO, dt.date: Kind.DATE}.get(inner)
    if kind is None:
        raise TypeError(f"{name}: no way yet to read and type a value of {hint}; give it a Kind here")
    return ValueShape(kind, optional)


SHAPES: Mapping[str, ValueShape] = {
    name: _shape(name, hint) for name, hint in get_type_hints(Policy).items() if name in LABELS
}


def from_json(given: Mapping[str, Any], *, network: bool = True) -> dict[str, Any]:
    """Values as the domain wants them; ``network``: of the network's own policy. Raises ``PolicyValuesError``."""
    found, problems = {}, []
    for name, value in given.items():
        try:
            if name in NETWORK_ONLY and not network:
                raise _Unfit("network_only", "It is counted over all payers: only the network's own policy decides it.")
            found[name] = _read(name, value)
        except _Unfit as unfit:
            problems.append(ValueProblem(name, unfit.code, unfit.message))
    if problems:
        raise PolicyValuesError(problems)
    return found


def to_json(changes: Mapping[str, Any]) -> dict[str, Any]:
    """The reverse of ``from_json``, always in the same order."""
    return {name: _plain(SHAPES[name].kind, changes[name]) for name in sorted(changes)}


def from_text(name: str, text: str) -> Any:
    """A typed text as the JSON value that ``from_json`` reads; what cannot be read stays text and is refused there.

    Codes stand apart by spaces or commas; numbers by code are written ``90837=1``, by several ``90834+90837=1``.
    """
    kind, words = SHAPES[name].kind, text.replace(",", " ").replace(";", " ").split()
    if kind is Kind.NUMBER:
        return int(text) if text.strip().isdecimal() and len(text) < 12 else text
    if kind is Kind.YES_NO:
        return {"yes": True, "no": False}.get(text.strip().lower(), text)
    if kind is Kind.DATE:
        return text.strip()
    if kind in _BY_NAME:
        pairs = [word.partition("=") for word in words]
        return {code: int(number) if number.isdecimal() else number for code, _, number in pairs}
    return words


def to_text(name: str, value: Any) -> str:
    """The JSON value as it is typed; empty for None."""
    if value is None:
        return ""
    kind = SHAPES[name].kind
    if kind is Kind.YES_NO:
        return "yes" if value else "no"
    if kind in _BY_NAME:
        return " ".join(f"{code}={number}" for code, number in sorted(value.items()))
    return " ".join(value) if kind in (Kind.CODES, Kind.PAIRS) else str(value)


class _Unfit(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


def _read(name: str, value: Any) -> Any:
    shape = SHAPES.get(name)
    if shape is None:
        raise _Unfit("unknown", "There is no such value.")
    if value is None:
        if not shape.optional:
            raise _Unfit("required", "Give a value, or leave it as inherited.")
        return None
    found = _READERS[shape.kind](value)
    most = MOST[name]
    if most is not None and isinstance(found, int) and found > most:
        raise _Unfit("number", f"Give a whole number from 0 to {most}.")
    return found


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_NUMBER:
        raise _Unfit("number", f"Give a whole number from 0 to {MOST_NUMBER:,}.")
    return value


def _yes_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Unfit("yes_no", "Say yes or no.")
    return value


def _date(value: Any) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _Unfit("date", "Give a date such as 2027-01-31.") from None


def _codes(value: Any) -> frozenset[str]:
    if not isinstance(value, list | tuple | frozenset) or len(value) > MOST_CODES:
        raise _Unfit("codes", f"Give a list of at most {MOST_CODES} codes.")
    return frozenset(
        _code(code, "Codes are up to eight letters and digits, such as 90837, 95 or F52.") for code in value
    )


def _pairs(value: Any) -> frozenset[str]:
    wanted = "Write pairs as 90837+90853."
    if not isinstance(value, list | tuple | frozenset) or len(value) > MOST_CODES:
        raise _Unfit("pairs", f"Give a list of at most {MOST_CODES} pairs. {wanted}")
    found = set()
    for text in value:
        one, plus, other = text.partition("+") if isinstance(text, str) else ("", "", "")
        if not plus:
            raise _Unfit("pairs", wanted)
        found.add(pair_name(_code(one, wanted), _code(other, wanted)))
    return frozenset(found)


def _code_numbers(value: Any) -> tuple[tuple[str, int], ...]:
    wanted = "Write a number by code as 90837=1."
    if not isinstance(value, Mapping) or len(value) > MOST_CODES:
        raise _Unfit("code_numbers", wanted)
    try:
        return tuple(sorted((_code(code, wanted), _number(number)) for code, number in value.items()))
    except _Unfit:
        raise _Unfit("code_numbers", wanted) from None


def _group_numbers(value: Any) -> GroupNumbers:
    wanted = "Write a number by codes that count together as 90834+90837=2."
    if not isinstance(value, Mapping) or len(value) > MOST_CODES:
        raise _Unfit("group_numbers", wanted)
    found: dict[tuple[str, ...], int] = {}
    try:
        for name, number in value.items():
            codes = tuple(sorted({_code(code, wanted) for code in str(name).split("+")}))
            if found.setdefault(codes, _number(number)) != number:
                raise _Unfit("group_numbers", wanted)
    except _Unfit:
        raise _Unfit("group_numbers", wanted) from None
    return tuple(sorted(found.items()))


def _code(text: Any, otherwise: str) -> str:
    code = text.strip().upper().replace(".", "") if isinstance(text, str) else ""
    if not _CODE.fullmatch(code):
        raise _Unfit("codes", otherwise)
    return code


_READERS = {
    Kind.NUMBER: _number,
    Kind.YES_NO: _yes_no,
    Kind.DATE: _date,
    Kind.CODES: _codes,
    Kind.PAIRS: _pairs,
    Kind.CODE_NUMBERS: _code_numbers,
    Kind.GROUP_NUMBERS: _group_numbers,
}


def _plain(kind: Kind, value: Any) -> Any:
    if value is None:
        return None
    if kind is Kind.DATE:
        return value.isoformat()
    if kind is Kind.CODE_NUMBERS:
        return dict(value)
    if kind is Kind.GROUP_NUMBERS:
        return {group_name(codes): number for codes, number in value}
    return sorted(value) if kind in (Kind.CODES, Kind.PAIRS) else value


# Where each part of the form begins, in the order in which the values are declared.
_BEGINNINGS = (
    ("sign_within_hours", "Notes and plans"),
    ("first_more_time_days", "Time to answer"),
    ("most_sessions_a_day", "How often"),
    ("filing_days_in_states", "Who may bill"),
    ("usual_sessions_a_day", "Patterns across sessions"),
    ("clock_times_needed", "Time"),
    ("crisis_with_visit_blocked_from", "Codes, pairs and units"),
    ("telehealth_places", "Place and telehealth"),
    ("confirm_within_days", "Confirming, filing, authorization"),
    ("unspecified_after_sessions", "Diagnoses"),
    ("overlap_error_minutes", "Overlaps"),
)


def sections(*, network: bool) -> list[tuple[str, list[str]]]:
    """Values in parts, for people to find them: title and names; for a payer without what only the network decides."""
    titles, found = dict(_BEGINNINGS), list[tuple[str, list[str]]]()
    for name in LABELS:
        if name in NETWORK_ONLY and not network:
            continue
        if name in titles or not found:
            found.append((titles.get(name, "General"), []))
        found[-1][1].append(name)
    return found
