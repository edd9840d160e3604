"""Days of providers counted from their sessions, set-wise, and the months among peers that follow from them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from django.db import connection

from clawguard.domain.codesets.licenses import kinds_of
from clawguard.domain.codesets.procedure_table import ProcedureTable
from clawguard.domain.patterns import DayFacts, Visit, day_facts
from clawguard.domain.patterns.days import read_day
from clawguard.domain.patterns.period import MONTHS_BACK, month_of, months_on, tiers_of

Pair = tuple[str, dt.date]
SESSIONS = """
SELECT t.provider_id::text, t.day, s.client_id::text, s.payer_kind, s.provider_license, s.codes, s.minutes,
       extract(epoch FROM s.start)::float, extract(epoch FROM s."end")::float,
       extract(hour FROM s.start AT TIME ZONE s.provider_time_zone)::int
FROM unnest(%(providers)s::uuid[], %(days)s::date[]) AS t(provider_id, day) CROSS JOIN LATERAL (
    SELECT * FROM therapy_sessions_therapysession n
    WHERE n.provider_id = t.provider_id AND n.date_of_service = t.day OFFSET 0
) s ORDER BY t.provider_id, t.day, s.arrival
"""
FORGET = """
DELETE FROM therapy_sessions_providerday d USING unnest(%(providers)s::uuid[], %(days)s::date[]) AS t(provider_id, day)
WHERE d.provider_id = t.provider_id AND d.day = t.day
"""
KEEP = """
INSERT INTO therapy_sessions_providerday (provider_id, day, facts)
SELECT * FROM unnest(%(providers)s::uuid[], %(days)s::date[], %(facts)s::jsonb[])
"""
DAYS = """
SELECT provider_id::text, day, facts::text FROM therapy_sessions_providerday
WHERE provider_id = ANY(%(providers)s::uuid[]) AND day >= %(first)s AND day <= %(last)s ORDER BY provider_id, day
"""
FORGET_SHARES = """
DELETE FROM therapy_sessions_providershare d
USING unnest(%(providers)s::uuid[], %(months)s::date[]) AS t(provider_id, m)
WHERE d.provider_id = t.provider_id AND d.month = t.m
"""
KEEP_SHARES = """
INSERT INTO therapy_sessions_providershare (provider_id, month, license_kind, payer_kind, long, whole)
SELECT * FROM unnest(
    %(providers)s::uuid[], %(months)s::date[], %(kinds)s, %(payers)s, %(longs)s::int[], %(wholes)s::int[]
)
"""
PEER_MONTHS = """
INSERT INTO therapy_sessions_peermark (month)
SELECT h.month FROM therapy_sessions_providershare h WHERE h.month BETWEEN %(first)s AND %(last)s
UNION SELECT unnest(%(changed)s::date[]) ON CONFLICT DO NOTHING
"""


def count_days(pairs: Sequence[Pair], procedures: ProcedureTable) -> None:
    """Count these days of these providers anew, by the procedure codes in force; a day without sessions any more is
    forgotten."""
    values: dict[str, Any] = {"providers": [each[0] for each in pairs], "days": [each[1] for each in pairs]}
    with connection.cursor() as cursor:
        cursor.execute(SESSIONS, values)
        rows = cursor.fetchall()
        days = groupby(rows, lambda row: row[:2])
        made = [(key, day_facts(key[1], map(_visit, of_day), procedures)) for key, of_day in days]
        cursor.execute(FORGET, values)
        if made:
            kept = {
                "providers": [key[0] for key, _ in made],
                "days": [key[1] for key, _ in made],
                "facts": [json.dumps(facts.as_json(), separators=(",", ":")) for _, facts in made],
            }
            cursor.execute(KEEP, kept)


def _visit(row: tuple[Any, ...]) -> Visit:
    _, _, client, payer_kind, license_, codes, minutes, begin, end, hour = row
    if begin is None or end is None or end <= begin:
        return Visit(client, payer_kind, license_, tuple(codes), minutes, None, None, hour)
    whole = int((end - begin) // 60) if minutes is None else minutes
    return Visit(client, payer_kind, license_, tuple(codes), whole, begin, end, hour)


def days_of(providers: Iterable[str], first: dt.date, last: dt.date) -> dict[str, list[DayFacts]]:
    """The counted days of these providers, in order, in one query."""
    found: dict[str, list[DayFacts]] = {}
    with connection.cursor() as cursor:
        cursor.execute(DAYS, {"providers": list(providers), "first": first, "last": last})
        for provider, day, stored in cursor.fetchall():
            found.setdefault(provider, []).append(read_day(day, json.loads(stored)))
    return found


class Share(NamedTuple):
    provider: str
    month: dt.date
    license_kind: str
    payer_kind: str
    long: int
    whole: int


def count_shares(pairs: Iterable[Pair], days: dict[str, list[DayFacts]]) -> None:
    """Count these months of these providers anew from their days; have the comparison among peers done again."""
    months = sorted({(provider, month_of(day)) for provider, day in pairs})
    rows = [share for provider, month in months for share in _shares(provider, month, days.get(provider, []))]
    with connection.cursor() as cursor:
        cursor.execute(
            FORGET_SHARES, {"providers": [each[0] for each in months], "months": [each[1] for each in months]}
        )
        if rows:
            provider, month, kind, payer, long, whole = (list(column) for column in zip(*rows, strict=True))
            kept = {
                "providers": provider,
                "months": month,
                "kinds": kind,
                "payers": payer,
                "longs": long,
                "wholes": whole,
            }
            cursor.execute(KEEP_SHARES, kept)
        changed = [month for _, month in months]
        reach = months_on(max(changed), MONTHS_BACK)
        cursor.execute(PEER_MONTHS, {"first": min(changed), "last": reach, "changed": changed})


def _shares(provider: str, month: dt.date, days: list[DayFacts]) -> list[Share]:
    inside = tuple(day for day in days if month_of(day.day) == month)
    if not inside:
        return []
    kind = "+".join(sorted(kinds_of(inside[-1].license)))[:20]
    return [
        Share(provider, month, kind, payer, long, whole)
        for payer, (long, whole) in sorted(tiers_of(inside).items())
        if whole
    ]
