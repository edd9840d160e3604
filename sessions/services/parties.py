"""The providers, clients and payers that sessions name: found, or made on first sight."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from clawguard.accounts.actors import Actor
from clawguard.accounts.models import Provider, Role
from clawguard.events.errors import Refused
from sessions.intake.record import Record
from sessions.models import Client, Payer


class Parties(NamedTuple):
    """Ids by what sessions call them: NPI, the client's external id, the payer's id."""

    providers: dict[str, UUID]
    clients: dict[str, UUID]
    payers: dict[str, UUID]


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


def _providers(records: Sequence[Record], actor: Actor, now: dt.datetime) -> dict[str, UUID]:
    named = {record.npi: record for record in records}
    if out_of_reach(named, actor):
        raise Refused("provider_out_of_reach", "This provider belongs to another team.", "/provider/npi")
    found = _provider_ids(named)
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
    return _provider_ids(named)


def _provider_ids(npis: Iterable[str]) -> dict[str, UUID]:
    return dict(Provider.objects.filter(npi__in=list(npis)).values_list("npi", "id"))


def _clients(records: Sequence[Record]) -> dict[str, UUID]:
    named = {record.client for record in records}
    found = _client_ids(named)
    missing = sorted(named - found.keys())
    if not missing:
        return found
    Client.objects.bulk_create([Client(external_id=key) for key in missing], ignore_conflicts=True)
    return _client_ids(named)


def _client_ids(keys: Iterable[str]) -> dict[str, UUID]:
    return dict(Client.objects.filter(external_id__in=list(keys)).values_list("external_id", "id"))


def _payers(records: Sequence[Record]) -> dict[str, UUID]:
    named = {record.payer: record for record in records}
    found = _payer_ids(named)
    missing = [record for key, record in sorted(named.items()) if key not in found]
    if not missing:
        return found
    made = [Payer(payer_id=r.payer, name=r.payer_name, kind=r.payer_kind) for r in missing]
    Payer.objects.bulk_create(made, ignore_conflicts=True)
    return _payer_ids(named)


def _payer_ids(keys: Iterable[str]) -> dict[str, UUID]:
    return dict(Payer.objects.filter(payer_id__in=list(keys)).values_list("payer_id", "id"))
