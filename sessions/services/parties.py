"""The providers, clients and payers that sessions name: found, or made on first sight."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db import connection

from clawguard.accounts.actors import Actor
from clawguard.accounts.models import Provider, Role
from clawguard.events.errors import Refused
from clawguard.ids import new_id_text
from sessions.facts import array
from sessions.intake.copying import text_array
from sessions.intake.record import Record
from sessions.models import Payer

Ids = dict[str, str]  # what sessions call a party → its id as text
PROVIDERS = "SELECT npi, id::text FROM accounts_provider WHERE npi = ANY(%s::text[])"
CLIENTS = "SELECT external_id, id::text FROM therapy_sessions_client WHERE external_id = ANY(%s::text[])"
PAYERS = "SELECT payer_id, id::text FROM therapy_sessions_payer WHERE payer_id = ANY(%s::text[])"
NEW_CLIENTS = """
INSERT INTO therapy_sessions_client (id, external_id) SELECT * FROM unnest(%s::uuid[], %s::text[])
ON CONFLICT DO NOTHING
"""


class Parties(NamedTuple):
    """Ids by what sessions call them: NPI, the client's external id, the payer's id."""

    providers: Ids
    clients: Ids
    payers: Ids


def ensure(records: Sequence[Record], actor: Actor, now: dt.datetime) -> Parties:
    """Every party of ``records``, made where new, in a fixed number of statements.

    Raises Refused when a record names a provider of a team that is not the actor's.
    """
    return Parties(_providers(records, actor, now), _clients(records), _payers(records))


def out_of_reach(npis: Iterable[str], actor: Actor) -> set[str]:
    """Those of ``npis`` that belong to providers of another team than the billing person's own."""
    if actor.role != Role.BILLING or actor.team_id is None:
        return set()
    others = Provider.objects.filter(npi__in=set(npis)).filter(team__isnull=False).exclude(team_id=actor.team_id)
    return set(others.values_list("npi", flat=True))


def _ids(statement: str, keys: Iterable[str]) -> Ids:
    with connection.cursor() as cursor:
        cursor.execute(statement, [text_array(keys)])
        return dict(cursor.fetchall())


def _providers(records: Sequence[Record], actor: Actor, now: dt.datetime) -> Ids:
    named = {record.npi: record for record in records}
    if out_of_reach(named, actor):
        raise Refused("provider_out_of_reach", "This provider belongs to another team.", "/provider/npi")
    found = _ids(PROVIDERS, named)
    missing = [record for npi, record in sorted(named.items()) if npi not in found]
    if not missing:
        return found
    Provider.objects.bulk_create(
        [
            Provider(
                npi=record.npi,
                name=record.provider_name,
                email=record.provider_email,
                license=record.provider_license[:20],
                time_zone=record.provider_time_zone,
                team_id=actor.team_id,
                created_at=now,
            )
            for record in missing
        ],
        ignore_conflicts=True,
    )
    return _ids(PROVIDERS, named)


def _clients(records: Sequence[Record]) -> Ids:
    named = {record.client for record in records}
    found = _ids(CLIENTS, named)
    missing = sorted(named - found.keys())
    if not missing:
        return found
    with connection.cursor() as cursor:
        cursor.execute(NEW_CLIENTS, [array([new_id_text() for _ in missing]), text_array(missing)])
    return _ids(CLIENTS, named)


def _payers(records: Sequence[Record]) -> Ids:
    named = {record.payer: record for record in records}
    found = _ids(PAYERS, named)
    missing = [record for key, record in sorted(named.items()) if key not in found]
    if not missing:
        return found
    made = [Payer(payer_id=r.payer, name=r.payer_name, kind=r.payer_kind) for r in missing]
    Payer.objects.bulk_create(made, ignore_conflicts=True)
    return _ids(PAYERS, named)
