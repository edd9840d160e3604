"""Sessions as the frozen facts that checks and other apps may see, loaded set-wise."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from clawguard.domain.checks.timing import Span, interval
from clawguard.domain.facts import Documented, ServiceLineFacts, SessionFacts
from clawguard.domain.submission import facts_to_dict
from sessions.models import TherapySession

# The parties are looked up row by row: a join would be planned by statistics, which a large import has outrun.
SELECT = """
SELECT s.id::text, s.arrival, s.provider_id::text, s.client_id::text, s.external_id, s.revision,
       (SELECT npi FROM accounts_provider WHERE id = s.provider_id), s.provider_license, s.provider_time_zone,
       (SELECT external_id FROM therapy_sessions_client WHERE id = s.client_id), s.client_birth_date, s.client_sex,
       s.client_state, (SELECT payer_id FROM therapy_sessions_payer WHERE id = s.payer_id), s.payer_kind,
       s.date_of_service, s.start, s."end", s.minutes, s.place_of_service, s.telehealth, s.service_lines::text,
       s.diagnoses, s.client_present, s.client_location, s.group_size, s.documented::text, s.confirmed_at,
       s.contracted_rate, s.payer_plan
FROM {source} s
"""


OF_IDS = "WHERE s.id = ANY(%s::uuid[])"
Parameters = Sequence[Any] | Mapping[str, Any]


class Loaded(NamedTuple):
    """A session's facts with the keys by which its neighbours are found. Ids are text, which is read far quicker."""

    id: str
    arrival: int
    provider_id: str
    client_id: str
    facts: SessionFacts
    span: Span | None  # its stated times in seconds


def session_facts(ids: Iterable[UUID]) -> dict[UUID, SessionFacts]:
    """The facts of these sessions as they stand now, in one query. Ids that do not exist are left out."""
    return {UUID(row.id): row.facts for row in load(OF_IDS, [array(map(str, ids))])}


def array(ids: Iterable[str]) -> str:
    """Ids as one value of a statement: a driver quotes a list entry by entry."""
    return "{" + ",".join(ids) + "}"


def ids(statement: str, parameters: Parameters) -> list[str]:
    """The ids, as text, that a statement of our own selects as such."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [row[0] for row in cursor.fetchall()]


def load(
    condition: str,
    parameters: Parameters,
    source: str = "therapy_sessions_therapysession",
    known: Mapping[str, Loaded] = MappingProxyType({}),
) -> list[Loaded]:
    """Sessions in order of arrival. ``condition`` and ``source`` are SQL of our own, about ``s``; values go into
    ``parameters``. What is ``known`` by its id is not read a second time."""
    with connection.cursor() as cursor:
        cursor.execute(f"{SELECT.format(source=source)} {condition} ORDER BY s.arrival", parameters)
        return [known.get(row[0]) or _loaded(row) for row in cursor.fetchall()]


def _loaded(row: tuple[Any, ...]) -> Loaded:
    facts = _facts(row)
    return Loaded(row[0], row[1], row[2], row[3], facts, interval(facts))


def _facts(row: tuple[Any, ...]) -> SessionFacts:
    return SessionFacts(
        row[4],
        row[5],
        row[6],
        row[7],
        row[8],
        row[9],
        row[10],
        row[11] or None,
        row[12] or None,
        row[13],
        row[14],
        row[15],
        row[16],
        row[17],
        row[18],
        row[19],
        row[20] or None,
        _lines(row[21]),
        tuple(row[22]),
        row[23],
        row[24] or None,
        row[25],
        _documented(row[26]),
        row[27],
        row[28],
        row[29] or None,
    )


def of_row(session: TherapySession) -> SessionFacts:
    """The facts of a row that was read with its provider, client and payer."""
    return SessionFacts(
        external_id=session.external_id,
        revision=session.revision,
        provider_npi=session.provider.npi,
        provider_license=session.provider_license,
        provider_time_zone=session.provider_time_zone,
        client_key=session.client.external_id,
        client_birth_date=session.client_birth_date,
        client_sex=session.client_sex or None,
        client_state=session.client_state or None,
        payer_id=session.payer.payer_id,
        payer_kind=session.payer_kind,
        date_of_service=session.date_of_service,
        start=session.start,
        end=session.end,
        minutes=session.minutes,
        place_of_service=session.place_of_service,
        telehealth=session.telehealth or None,
        service_lines=tuple([_line(number, line) for number, line in enumerate(session.service_lines, 1)]),
        diagnoses=tuple(session.diagnoses),
        client_present=session.client_present,
        client_location=session.client_location or None,
        group_size=session.group_size,
        documented=Documented(**session.documented),
        confirmed_at=session.confirmed_at,
        contracted_rate=session.contracted_rate,
        payer_plan=session.payer_plan or None,
    )


@lru_cache(maxsize=8192)
def _lines(text: str) -> tuple[ServiceLineFacts, ...]:
    """Most sessions bill one of a few lines, so the same stored text is read once."""
    return tuple([_line(number, line) for number, line in enumerate(json.loads(text), 1)])


def _line(number: int, line: dict[str, Any]) -> ServiceLineFacts:
    return ServiceLineFacts(
        number=number,
        code=line["code"],
        modifiers=tuple(line["modifiers"]),
        units=line["units"],
        charge=None if line["charge"] is None else Decimal(line["charge"]),
        diagnosis_pointers=tuple(line["diagnosis_pointers"]),
        start=_instant(line["start"]),
        end=_instant(line["end"]),
        minutes=line["minutes"],
        em_basis=line["em_basis"],
    )


def _instant(text: str | None) -> dt.datetime | None:
    return None if text is None else dt.datetime.fromisoformat(text)


@lru_cache(maxsize=256)
def _documented(text: str) -> Documented:
    return Documented(**json.loads(text))


def as_submitted(facts: SessionFacts, payer_name: str = "") -> dict[str, Any]:
    """The facts in the interface's shape, with instants on the wall clock of the provider's practice."""
    shown = facts_to_dict(facts, payer_name=payer_name or None)
    zone = ZoneInfo(facts.provider_time_zone)
    _local(shown, zone, "start", "end", "confirmed_at")
    for line in shown["service_lines"]:
        _local(line, zone, "start", "end")
    return shown


def _local(values: dict[str, Any], zone: ZoneInfo, *names: str) -> None:
    for name in names:
        if values[name] is not None:
            values[name] = dt.datetime.fromisoformat(values[name]).astimezone(zone).isoformat()
