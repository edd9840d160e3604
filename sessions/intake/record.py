"""A readable session in the form in which it is stored: text values in the order of the table's columns.

The same text is what the digest covers, what waits sealed between reading and storing, and what COPY takes, so that a
row is turned around once however it came in.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from clawguard.domain.facts import ServiceLineFacts, SessionFacts
from clawguard.domain.submission import Submission
from sessions.intake import copying
from sessions.intake.copying import copy_line

# Columns of TherapySession that hold submitted facts, in the order of Record.columns.
COLUMNS = (
    "external_id",
    "provider_license",
    "provider_time_zone",
    "client_birth_date",
    "client_sex",
    "client_state",
    "payer_kind",
    "date_of_service",
    "start",
    "end",
    "minutes",
    "place_of_service",
    "telehealth",
    "service_lines",
    "codes",
    "diagnoses",
    "client_present",
    "client_location",
    "group_size",
    "documented",
    "confirmed_at",
    "contracted_rate",
    "payer_plan",
)
Text = str | None
SEPARATOR = "\x1f"
_DAY, _START = COLUMNS.index("date_of_service"), COLUMNS.index("start")


class Record(NamedTuple):
    """One session ready to be stored: its COLUMNS as a line of COPY (``text``), and what storing looks at."""

    number: int  # row of the file; 0 for a single submission
    npi: str
    provider_name: str
    provider_email: str
    provider_license: str
    provider_time_zone: str
    client: str
    payer: str
    payer_name: str
    payer_kind: str
    external_id: str
    digest: str
    text: str


Order = tuple[str, str, str]


def order_of(facts: SessionFacts) -> Order:
    """In which order sessions that come in together arrive: by day, start and id. One without a start comes last."""
    return facts.date_of_service.isoformat(), _instant(facts.start) or copying.ABSENT, facts.external_id


def order_of_record(record: Record) -> Order:
    """The same of a record."""
    cells = record.text.split("\t", _START + 1)
    return cells[_DAY], cells[_START], record.external_id


def order_of_packed(line: str) -> Order:
    """The same of a line of a piece."""
    fields = line.split(SEPARATOR)
    cells = fields[_TEXT].split("\t", _START + 1)
    return cells[_DAY], cells[_START], fields[_ID]


_ID, _TEXT = Record._fields.index("external_id"), Record._fields.index("text")


def _digest(npi: str, client: str, payer: str, columns: tuple[Text, ...]) -> str:
    """SHA-256 of the facts. Names of provider and payer are no facts, and an instant counts whatever its offset."""
    *others, plan = columns
    parts = [npi, client, payer, *["\x00" if text is None else text for text in others]]
    if plan:  # the newest fact: where it is not stated, sessions stored before it was known stay equal
        parts.append(plan)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def record_of(submission: Submission, number: int = 0) -> Record:
    provider, payer, client = submission.provider, submission.payer, submission.client.external_id
    columns = _columns(submission.facts)
    return Record(
        number,
        provider.npi,
        provider.name or "",
        provider.email or "",
        provider.license or "",
        provider.time_zone,
        client,
        payer.id,
        payer.name or "",
        payer.kind,
        submission.facts.external_id,
        _digest(provider.npi, client, payer.id, columns),
        copy_line(columns),
    )


def _columns(facts: SessionFacts) -> tuple[Text, ...]:
    rate = facts.contracted_rate
    return (
        facts.external_id,
        facts.provider_license or "",
        facts.provider_time_zone,
        _date(facts.client_birth_date),
        facts.client_sex or "",
        facts.client_state or "",
        facts.payer_kind,
        _date(facts.date_of_service),
        _instant(facts.start),
        _instant(facts.end),
        _number(facts.minutes),
        facts.place_of_service,
        facts.telehealth or "",
        *_lines(facts.service_lines),
        _array(facts.diagnoses),
        None if facts.client_present is None else str(facts.client_present).lower(),
        facts.client_location or "",
        _number(facts.group_size),
        _documented(facts),
        _instant(facts.confirmed_at),
        None if rate is None else str(rate),
        facts.payer_plan or "",
    )


def _date(value: dt.date | None) -> Text:
    return None if value is None else value.isoformat()


def _instant(value: dt.datetime | None) -> Text:
    return None if value is None else value.astimezone(dt.UTC).isoformat()


def _number(value: int | None) -> Text:
    return None if value is None else str(value)


def _array(codes: Iterable[str]) -> str:
    """A PostgreSQL array literal of codes, which hold letters and digits only."""
    return "{" + ",".join(codes) + "}"


_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


MOST_LINES = 8192
_known_lines: dict[int, tuple[tuple[ServiceLineFacts, ...], str, str]] = {}


def _lines(lines: tuple[ServiceLineFacts, ...]) -> tuple[str, str]:
    """The lines as JSON and their codes as an array. Parsing gives equal lines as one value, known by its identity."""
    known = _known_lines.get(id(lines))
    if known is None or known[0] is not lines:
        if len(_known_lines) >= MOST_LINES:
            _known_lines.clear()
        known = _known_lines[id(lines)] = lines, _encode([_line(line) for line in lines]), _array(_codes(lines))
    return known[1], known[2]


def _codes(lines: tuple[ServiceLineFacts, ...]) -> list[str]:
    return [line.code for line in lines]


def _line(line: ServiceLineFacts) -> dict[str, Any]:
    return {
        "code": line.code,
        "modifiers": line.modifiers,
        "units": line.units,
        "charge": None if line.charge is None else str(line.charge),
        "diagnosis_pointers": line.diagnosis_pointers,
        "start": _instant(line.start),
        "end": _instant(line.end),
        "minutes": line.minutes,
        "em_basis": line.em_basis,
    }


def _documented(facts: SessionFacts) -> str:
    stated = facts.documented
    if stated.crisis is None and stated.complexity_factor is None:
        return "{}"
    return _encode({"crisis": stated.crisis, "complexity_factor": stated.complexity_factor})


def pack(records: Iterable[Record]) -> bytes:
    """Records as the lines of a piece that waits to be stored. Parsing refuses control characters, so none is in it."""
    return pack_lines(SEPARATOR.join([str(record[0]), *record[1:]]) for record in records)


def pack_lines(lines: Iterable[str]) -> bytes:
    """A piece of lines of other pieces."""
    return "\n".join(lines).encode()


def unpack_lines(piece: bytes) -> list[str]:
    """The lines of a piece, in its order."""
    return piece.decode().split("\n") if piece else []


def unpack(piece: bytes) -> list[Record]:
    """What ``pack`` made, in the same order."""
    return [_unpacked(*line.split(SEPARATOR)) for line in unpack_lines(piece)]


def _unpacked(number: str, *texts: str) -> Record:
    return Record(int(number), *texts)
