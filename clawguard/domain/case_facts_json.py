"""CaseFacts from and to plain JSON values. Reading names every mistake at once, by JSON pointer."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal, InvalidOperation
from typing import Any

from clawguard.domain.case_facts import FACT_NAMES, CaseFacts, DisputeFacts, NoteRequestFacts, Origin

MAX_TEXT = 200
MAX_CODES = 50
_CODE = re.compile(r"[A-Z0-9]{1,5}")
_CHECK_ID = re.compile(r"CG[1-9][0-9]{2}")
_MONEY = re.compile(r"[0-9]{1,8}(\.[0-9]{1,2})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")  # fromisoformat would take week dates and more


@dataclass(frozen=True, slots=True)
class FactProblem:
    pointer: str  # RFC 6901, such as /note_request/due_at
    code: str
    message: str


class CaseFactsError(ValueError):
    """The facts cannot be read; ``problems`` names every place at fault."""

    def __init__(self, problems: Sequence[FactProblem]) -> None:
        super().__init__("; ".join(f"{problem.pointer}: {problem.message}" for problem in problems))
        self.problems = tuple(problems)


class _Wrong(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


Reader = Callable[[Any], Any]


def _choice(*allowed: str) -> Reader:
    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise _Wrong("not_a_choice", f"Must be one of: {', '.join(allowed)}.")
        return value

    return read


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Wrong("wrong_type", "Must be true or false.")
    return value


def _moment(value: Any) -> dt.datetime:
    message = "Must be a date and time with its UTC offset, such as 2026-11-24T13:00:00-05:00."
    if not isinstance(value, str) or not _DATE.match(value) or value[10:11] != "T":
        raise _Wrong("wrong_type", message)
    try:
        found = dt.datetime.fromisoformat(value)
        if found.utcoffset() is not None:
            found.astimezone(dt.UTC)  # the far ends of the calendar have no UTC
            return found
    except (ValueError, OverflowError):
        pass
    raise _Wrong("invalid_datetime", message)


def _date(value: Any) -> dt.date:
    try:
        if isinstance(value, str) and _DATE.fullmatch(value):
            return dt.date.fromisoformat(value)
    except ValueError:
        pass
    raise _Wrong("invalid_date", "Must be a date, such as 2026-11-24.")


def _money(value: Any) -> Decimal:
    try:
        if isinstance(value, str) and _MONEY.fullmatch(value):
            return Decimal(value)
    except InvalidOperation:
        pass
    raise _Wrong("invalid_money", 'Must be an amount in dollars as text, such as "142.50".')


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > MAX_TEXT or not value.isprintable():
        raise _Wrong("invalid_text", f"Must be one line of text, at most {MAX_TEXT} characters.")
    return value.strip()


def _list_of(pattern: re.Pattern[str], what: str) -> Reader:
    def read(value: Any) -> tuple[str, ...]:
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or len(values) > MAX_CODES:
            raise _Wrong("wrong_type", f"Must be a list of at most {MAX_CODES} {what}.")
        codes = [item.strip().upper() if isinstance(item, str) else "" for item in values]
        if not all(pattern.fullmatch(code) for code in codes):
            raise _Wrong("invalid_code", f"Must hold {what} only.")
        return tuple(dict.fromkeys(codes))

    return read


_SIDE = _choice("provider", "network")
_CODES = _list_of(_CODE, "remittance codes, such as 27 or N706")
READERS: dict[str, Reader] = {
    "date_of_service": _date,
    "contracted_rate": _money,
    "network_status_told": _choice("in", "out"),
    "network_status_actual": _choice("in", "out"),
    "eligibility_shown": _choice("active", "inactive"),
    "eligibility_actual": _choice("active", "inactive"),
    "checked_at": _moment,
    "ended_on": _date,
    "retroactive": _boolean,
    "authorization_required": _boolean,
    "authorization_known_at_booking": _boolean,
    "authorization_obtained": _boolean,
    "carc": _CODES,
    "rarc": _CODES,
    "group": _CODES,
    "plb": _CODES,
    "coding_findings": _list_of(_CHECK_ID, "check ids, such as CG101"),
    "codes_match_notes": _boolean,
    "code_offered_by_network": _boolean,
    "place_of_service_set_by": _SIDE,
    "records_forwarded_at": _moment,
    "payer_records_due_at": _moment,
    "session_confirmed_at": _moment,
    "claim_submitted_at": _moment,
    "filing_limit_at": _moment,
    "duplicate_of": _text,
    "duplicate_origin": _SIDE,
    "license_valid_on_service_date": _boolean,
    "credentialing_go_ahead": _boolean,
}
_CLOCKS: dict[str, tuple[type[NoteRequestFacts | DisputeFacts], dict[str, Reader]]] = {
    "note_request": (
        NoteRequestFacts,
        {
            "delivered_at": _moment,
            "due_at": _moment,
            "responded_at": _moment,
            "notes_received_at": _moment,
            "bounced": _boolean,
            "notes_owed": _boolean,
            "on_file_at": _moment,
            "paused": _boolean,
        },
    ),
    "dispute": (
        DisputeFacts,
        {
            "kind": _choice("cancellation_fee", "billing"),
            "provider_asked_at": _moment,
            "due_at": _moment,
            "provider_answered_at": _moment,
        },
    ),
}
# Told beside the eligibility they belong to, or on their own: both are read.
BESIDE = {"eligibility_shown": ("checked_at",), "eligibility_actual": ("ended_on", "retroactive")}


@dataclass(slots=True)
class _Reading:
    values: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    problems: list[FactProblem] = field(default_factory=list)

    def read(self, pointer: str, reader: Reader, value: Any) -> Any:
        """None is *not stated* everywhere; a value that cannot be read becomes a problem and counts as not stated."""
        if value is None:
            return None
        try:
            return reader(value)
        except _Wrong as wrong:
            self.problems.append(FactProblem(pointer, wrong.code, wrong.message))
            return None

    def origin(self, name: str, pointer: str, given: Mapping[str, Any]) -> None:
        at = self.read(f"{pointer}/at", _moment, given.get("at"))
        source = self.read(f"{pointer}/source", _text, given.get("source"))
        if at or source:
            self.origins[name] = Origin(at, source)

    def unknown(self, pointer: str, given: Mapping[Any, Any], known: Sequence[str]) -> None:
        for key in given:
            if key not in known:
                message = f"Is not a known fact. Known: {', '.join(sorted(known))}."
                self.problems.append(FactProblem(f"{pointer}/{_escaped(key)}", "unknown_fact", message))


def read_case_facts(data: object) -> CaseFacts:
    """Read facts from JSON values; each fact bare, or as ``{"value": …, "at": …, "source": …}``.

    Raises CaseFactsError naming every unknown fact and every wrong value.
    """
    if not isinstance(data, Mapping):
        raise CaseFactsError([FactProblem("", "wrong_type", "Must be an object of facts.")])
    reading = _Reading()
    reading.unknown("", data, FACT_NAMES)
    for name, reader in READERS.items():
        _read_fact(reading, name, reader, data.get(name))
    for name in _CLOCKS:
        _read_clock(reading, name, data.get(name))
    if reading.problems:
        raise CaseFactsError(reading.problems)
    return CaseFacts(**reading.values, origins=reading.origins)


def _read_fact(reading: _Reading, name: str, reader: Reader, given: Any) -> None:
    pointer = f"/{name}"
    if isinstance(given, Mapping):
        beside = BESIDE.get(name, ())
        reading.unknown(pointer, given, ("value", "at", "source", *beside))
        reading.origin(name, pointer, given)
        for other in beside:
            _keep(reading, other, reading.read(f"{pointer}/{other}", READERS[other], given.get(other)))
        pointer, given = f"{pointer}/value", given.get("value")
    _keep(reading, name, reading.read(pointer, reader, given))


def _keep(reading: _Reading, name: str, value: Any) -> None:
    if value is None:
        return
    if reading.values.setdefault(name, value) != value:
        reading.problems.append(FactProblem(f"/{name}", "stated_twice", "Is stated twice, with different values."))


def _read_clock(reading: _Reading, name: str, given: Any) -> None:
    if given is None:
        return
    pointer = f"/{name}"
    if not isinstance(given, Mapping):
        reading.problems.append(FactProblem(pointer, "wrong_type", "Must be an object."))
        return
    shape, readers = _CLOCKS[name]
    reading.unknown(pointer, given, (*readers, "at", "source"))
    reading.origin(name, pointer, given)
    parts = {part: reading.read(f"{pointer}/{part}", reader, given.get(part)) for part, reader in readers.items()}
    reading.values[name] = shape(**parts)


def _escaped(key: Any) -> str:
    return str(key)[:80].replace("~", "~0").replace("/", "~1")


def case_facts_as_dict(facts: CaseFacts) -> dict[str, Any]:
    """The stated facts as JSON values that ``read_case_facts`` reads back to the same facts."""
    shown: dict[str, Any] = {}
    for name in FACT_NAMES:
        if not facts.stated(name):
            continue
        origin = facts.origins.get(name)
        if name in _CLOCKS:
            clock = facts.value(name)
            shown[name] = {part.name: plain(getattr(clock, part.name)) for part in fields(clock)}
            if origin:
                shown[name] |= {"at": plain(origin.at), "source": origin.source}
        elif origin:
            shown[name] = {"value": plain(facts.value(name)), "at": plain(origin.at), "source": origin.source}
        else:
            shown[name] = plain(facts.value(name))
    return shown


def plain(value: Any) -> Any:
    """A fact's value as JSON shows it: moments and dates as ISO text, money as text, codes as a list."""
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, Decimal) else value
