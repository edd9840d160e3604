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


class Record(NamedTuple):
    """One session ready to be stored. ``columns`` follow COLUMNS; None is an absent value of a nullable column."""

    number: int  # row of the file; 0 for a single submission
    npi: str
    provider_name: str
    provider_email: str
    client: str
    payer: str
    payer_name: str
    columns: tuple[Text, ...]

    @property
    def external_id(self) -> str:
        return self.columns[0] or ""

    @property
    def digest(self) -> str:
        """SHA-256 of the facts. Names of provider and payer are no facts, and an instant counts whatever its offset."""
        *columns, plan = self.columns
        parts = [self.npi, self.client, self.payer, *("\x00" if text is None else text for text in columns)]
        if plan:  # the newest fact: where it is not stated, sessions stored before it was known stay equal
            parts.append(plan)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def record_of(submission: Submission, number: int = 0) -> Record:
    provider, payer = submission.provider, submission.payer
    return Record(
        number,
        provider.npi,
        provider.name or "",
        provider.email or "",
        submission.client.external_id,
        payer.id,
        payer.name or "",
        _columns(submission.facts),
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
        _lines(facts.service_lines),
        _array([line.code for line in facts.service_lines]),
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


def _lines(lines: tuple[ServiceLineFacts, ...]) -> str:
    return _encode(
        [
            {
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
            for line in lines
        ]
    )


def _documented(facts: SessionFacts) -> str:
    stated = facts.documented
    if stated.crisis is None and stated.complexity_factor is None:
        return "{}"
    return _encode({"crisis": stated.crisis, "complexity_factor": stated.complexity_factor})


def pack(records: Iterable[Record]) -> bytes:
    """Records as the lines of a piece that waits to be stored."""
    return "\n".join(_encode(record) for record in records).encode()


def unpack(piece: bytes) -> list[Record]:
    """What ``pack`` made, in the same order."""
    return [_unpacked(*json.loads(line)) for line in piece.decode().split("\n") if line]


def _unpacked(number: int, *texts: Any) -> Record:
    *parties, columns = texts
    npi, provider_name, provider_email, client, payer, payer_name = parties
    return Record(number, npi, provider_name, provider_email, client, payer, payer_name, tuple(columns))
