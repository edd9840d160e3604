"""Which other sessions a session is screened beside, loaded for many sessions at once.

A session is judged beside those that *arrived before it*: overlap and duplicate are then told once, on the later
arrival, however the two came in and whoever screens first. A finding that a later arrival explains away (an add-on
whose main service came as a session of its own) is dropped, or cleared if it was already told.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from clawguard.domain.facts import SessionFacts
from sessions import facts
from sessions.facts import Loaded

HISTORY_DAYS = 183  # no check looks further back
DAY = dt.timedelta(days=1)

# One index look-up per client, and per provider and day. OFFSET 0 keeps the database from joining in another order:
# with statistics from before a large import it would compare every session with every client.
OF_CLIENTS = """
unnest(%(clients)s::uuid[], %(firsts)s::date[], %(lasts)s::date[]) AS t(client_id, first, last) CROSS JOIN LATERAL (
    SELECT * FROM therapy_sessions_therapysession n
    WHERE n.client_id = t.client_id AND n.date_of_service BETWEEN t.first AND t.last OFFSET 0
)
"""
OF_PROVIDERS = """
unnest(%(providers)s::uuid[], %(days)s::date[]) AS t(provider_id, day) CROSS JOIN LATERAL (
    SELECT * FROM therapy_sessions_therapysession n
    WHERE n.provider_id = t.provider_id AND n.date_of_service = t.day OFFSET 0
)
"""

# Sessions whose standing findings may change because others arrived or were corrected.
SAME_VISIT = """
SELECT n.id::text FROM therapy_sessions_therapysession s
JOIN therapy_sessions_therapysession n
  ON n.client_id = s.client_id AND n.provider_id = s.provider_id AND n.date_of_service = s.date_of_service
WHERE s.id = ANY(%(ids)s::uuid[]) AND n.arrival < s.arrival
"""
LATER = """
WITH keys AS (
    SELECT s.arrival, s.client_id, s.provider_id, s.date_of_service AS day
    FROM therapy_sessions_therapysession s WHERE s.id = ANY(%(ids)s::uuid[]) AND s.revision > 1
    UNION
    SELECT s.arrival, c.id, p.id, (r.facts ->> 'date_of_service')::date
    FROM therapy_sessions_therapysession s
    JOIN therapy_sessions_sessionrevision r ON r.session_id = s.id AND r.revision = s.revision - 1
    JOIN therapy_sessions_client c ON c.external_id = r.facts #>> '{client,external_id}'
    JOIN accounts_provider p ON p.npi = r.facts #>> '{provider,npi}'
    WHERE s.id = ANY(%(ids)s::uuid[])
)
SELECT n.id::text FROM keys k JOIN therapy_sessions_therapysession n
  ON n.client_id = k.client_id AND n.date_of_service BETWEEN k.day - 1 AND k.day + %(back)s
WHERE n.arrival > k.arrival
UNION
SELECT n.id::text FROM keys k JOIN therapy_sessions_therapysession n
  ON n.provider_id = k.provider_id AND n.date_of_service BETWEEN k.day - 1 AND k.day + 1
WHERE n.arrival > k.arrival
UNION
SELECT n.id::text FROM keys k JOIN therapy_sessions_therapysession n
  ON n.client_id = k.client_id AND n.provider_id = k.provider_id AND n.date_of_service = k.day
WHERE n.arrival < k.arrival
"""


class Around(NamedTuple):
    """What a session is screened beside. ``same_visit_later`` arrived after it: it can only explain findings away."""

    same_day: tuple[SessionFacts, ...]
    history: tuple[SessionFacts, ...]
    same_visit_later: tuple[SessionFacts, ...]


class _Days:
    """Sessions of one client or one provider in order of date."""

    __slots__ = ("dates", "rows")

    def __init__(self) -> None:
        self.rows: list[Loaded] = []
        self.dates: list[dt.date] = []

    def between(self, first: dt.date, last: dt.date) -> list[Loaded]:
        return self.rows[bisect_left(self.dates, first) : bisect_right(self.dates, last)]


def around(targets: Sequence[Loaded]) -> Iterator[tuple[Loaded, Around]]:
    """Each target with its neighbours; two queries for all."""
    return among(_load(targets), targets)


def among(rows: Sequence[Loaded], targets: Sequence[Loaded]) -> Iterator[tuple[Loaded, Around]]:
    """Each target with its neighbours in ``rows``."""
    rows = sorted(rows, key=lambda row: row.facts.date_of_service)
    clients = _by((row.client_id for row in rows), rows)
    providers = _by((row.provider_id for row in rows), rows)
    nobody = _Days()
    for target in targets:
        own, beside = clients.get(target.client_id, nobody), providers.get(target.provider_id, nobody)
        yield target, _around(target, own, beside)


def _load(targets: Sequence[Loaded]) -> list[Loaded]:
    if not targets:
        return []
    spans: dict[str, tuple[dt.date, dt.date]] = {}
    beside: set[tuple[str, dt.date]] = set()
    for target in targets:
        day = target.facts.date_of_service
        first, last = spans.get(target.client_id, (day, day))
        spans[target.client_id] = min(first, day), max(last, day)
        beside.update((target.provider_id, day + offset) for offset in (-DAY, dt.timedelta(), DAY))
    clients = {
        "clients": list(spans),
        "firsts": [first - dt.timedelta(days=HISTORY_DAYS) for first, _ in spans.values()],
        "lasts": [last + DAY for _, last in spans.values()],
    }
    providers = {"providers": [key for key, _ in beside], "days": [day for _, day in beside]}
    rows = {row.id: row for row in targets}
    rows.update((row.id, row) for row in facts.load("", clients, OF_CLIENTS, rows))
    rows.update((row.id, row) for row in facts.load("", providers, OF_PROVIDERS, rows))
    return list(rows.values())


def _by(keys: Iterable[str], rows: Iterable[Loaded]) -> dict[str, _Days]:
    found: dict[str, _Days] = {}
    for key, row in zip(keys, rows, strict=True):
        days = found.get(key)
        if days is None:
            days = found[key] = _Days()
        days.rows.append(row)
        days.dates.append(row.facts.date_of_service)
    return found


def _around(target: Loaded, own: _Days, beside: _Days) -> Around:
    day, arrival, client = target.facts.date_of_service, target.arrival, target.client_id
    near = own.between(day - DAY, day + DAY)
    same_day = [row.facts for row in near if row.arrival < arrival]
    same_day += [
        row.facts for row in beside.between(day - DAY, day + DAY) if row.arrival < arrival and row.client_id != client
    ]
    since = day - dt.timedelta(days=HISTORY_DAYS)
    history = [row.facts for row in own.between(since, day - DAY) if row.arrival < arrival]
    provider = target.provider_id
    later = [
        row.facts
        for row in near
        if row.arrival > arrival and row.provider_id == provider and row.facts.date_of_service == day
    ]
    return Around(tuple(same_day), tuple(history), tuple(later))


def affected(ids: Sequence[str], *, corrections: bool) -> list[str]:
    """Sessions beyond ``ids`` whose standing findings may be other now that these arrived or were corrected."""
    values = {"ids": list(ids), "back": HISTORY_DAYS}
    found = set(facts.ids(SAME_VISIT, values))
    if corrections:
        found.update(facts.ids(LATER, values))
    return sorted(found.difference(ids))
