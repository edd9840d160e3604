"""Where matching looks sessions up: by their ids, and by days of a client or a provider. Set-wise, by index alone.

``OFFSET 0`` keeps each look-up a look-up: one descent of the index of party and day for each wanted row, with the days
as its bounds. Left to itself the planner joins by the party alone where a day looks unselective, and filters the days
of all its sessions afterwards: beside a million sessions twenty rows were read for each that was wanted.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from clawguard.accounts.models import Provider
from disputes.models import ClaimMatch, LineMatch, Remittance, RemittanceClaim
from disputes.services.remittances.seeking import Found
from sessions.models import Client, TherapySession

BY_ID = """
SELECT w.place, s.external_id, s.id, s.provider_id, s.date_of_service
FROM unnest(%s::int[], %s::text[]) AS w(place, ref)
CROSS JOIN LATERAL (
    SELECT external_id, id, provider_id, date_of_service FROM therapy_sessions_therapysession
    WHERE external_id = w.ref OFFSET 0
) AS s
"""
_BY_PARTY = """
SELECT w.place, s.id, s.provider_id, s.date_of_service, s.client_id, s.codes, s.service_lines
FROM unnest(%s::int[], %s::uuid[], %s::date[], %s::date[]) AS w(place, party, first_day, last_day)
CROSS JOIN LATERAL (
    SELECT id, provider_id, date_of_service, client_id, codes, service_lines FROM therapy_sessions_therapysession
    WHERE {party} = w.party AND date_of_service BETWEEN w.first_day AND w.last_day OFFSET 0
) AS s
"""
BY_CLIENT, BY_PROVIDER = _BY_PARTY.format(party="client_id"), _BY_PARTY.format(party="provider_id")


class Alike(NamedTuple):
    """A session on a wanted day of a wanted client or provider, with what likeness compares."""

    found: Found
    client: UUID
    codes: frozenset[str]
    charge: Decimal


def sessions_by_id(wanted: Sequence[tuple[int, str]]) -> list[tuple[int, str, Found]]:
    """For each place and external id the session that has it: place, external id, session."""
    return [(place, ref, Found(*row)) for place, ref, *row in _asked(BY_ID, wanted)]


def sessions_on_days(statement: str, wanted: Sequence[tuple[int, UUID, dt.date, dt.date]]) -> list[tuple[int, Alike]]:
    """``statement`` is BY_CLIENT or BY_PROVIDER; each wanted place comes with a party, a first and a last day."""
    return [
        (place, Alike(Found(session, provider, day), client, frozenset(codes), _charge(lines)))
        for place, session, provider, day, client, codes, lines in _asked(statement, wanted)
    ]


def _asked(statement: str, wanted: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    if not wanted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(column) for column in zip(*wanted, strict=True)])
        return list(cursor.fetchall())


def _charge(lines: str) -> Decimal:
    return sum((Decimal(line.get("charge") or 0) for line in json.loads(lines)), Decimal(0))


def clients(refs: set[str]) -> dict[str, UUID]:
    return dict(Client.objects.filter(external_id__in=refs).values_list("external_id", "pk")) if refs else {}


def providers(npis: set[str]) -> dict[str, UUID]:
    return dict(Provider.objects.filter(npi__in=npis).values_list("npi", "pk")) if npis else {}


def sessions_of_numbers(numbers: set[str], payer: str) -> list[tuple[str, Found]]:
    """Sessions of stored claims under these numbers of this payer (CLP07).

    One table after the other: where a table was analysed while its first rows were being written, a join is planned for
    none, and reads all claims anew for every match, ten seconds for a thousand claims.
    """
    if not numbers:
        return []
    named = RemittanceClaim.objects.filter(payer_claim_id__in=numbers).exclude(payer_claim_id="")  # as the index says
    claims = {
        key: (number, payment) for key, number, payment in named.values_list("pk", "payer_claim_id", "remittance")
    }
    if not claims:
        return []
    payments = Remittance.objects.filter(pk__in={payment for _, payment in claims.values()}, payer_code=payer)
    theirs = set(payments.values_list("pk", flat=True))
    keys = [key for key, (_, payment) in claims.items() if payment in theirs]
    matched = ClaimMatch.objects.filter(pk__in=keys).exclude(how="")
    of_claim = {key: (session, provider) for key, session, provider in matched.values_list("pk", "session", "provider")}
    rows = [(key, session, provider) for key, (session, provider) in of_claim.items() if session is not None]
    lines = LineMatch.objects.filter(claim__in=[key for key, (session, _) in of_claim.items() if session is None])
    found = set(lines.filter(session__isnull=False).values_list("claim_id", "session_id"))
    rows += [(key, session, of_claim[key][1]) for key, session in found if session is not None]
    days = dict(TherapySession.objects.filter(pk__in={row[1] for row in rows}).values_list("pk", "date_of_service"))
    return [(claims[key][0], Found(session, provider, days[session])) for key, session, provider in rows]
