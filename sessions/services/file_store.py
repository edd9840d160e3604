"""The sessions of a file outside memory, found again by client and by provider and day, so that a file of any size is
checked in the same memory. A private temporary database of SQLite holds them; it is gone when it is closed."""

from __future__ import annotations

import datetime as dt
import pickle
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from clawguard.domain.checks.timing import Span, interval
from clawguard.domain.facts import SessionFacts
from sessions.facts import Loaded
from sessions.intake.record import order_of
from sessions.services.neighbours import Wanted

TABLES = """
CREATE TABLE session (
  place INTEGER PRIMARY KEY, number INTEGER, client TEXT, provider TEXT, day INTEGER, begins REAL, ends REAL,
  start TEXT, id TEXT, facts BLOB
);
CREATE TABLE told (kind TEXT, value BLOB);
CREATE TEMP TABLE spans (client TEXT, first INTEGER, last INTEGER);
CREATE TEMP TABLE days (provider TEXT, day INTEGER, begins REAL, ends REAL);
"""
INDEXES = """
CREATE INDEX by_client ON session (client, day);
CREATE INDEX by_provider ON session (provider, day);
"""
# As they would be stored together, whatever rows they are: see ``sessions.intake.record.order_of``.
ARRIVALS = """
CREATE TABLE came (place INTEGER PRIMARY KEY, arrival INTEGER);
INSERT INTO came SELECT place, row_number() OVER (ORDER BY day, start, id, place) FROM session;
"""
OF_CHUNK = """
SELECT number, arrival, facts FROM session JOIN came USING (place)
WHERE place BETWEEN :start AND :last ORDER BY place
"""
# What is of the chunk itself is at hand. Of the provider's sessions only earlier ones are wanted, and of a neighbouring
# day only what reaches into the hours of the day, as in ``neighbours``.
BESIDE = """
SELECT arrival, facts FROM session JOIN came USING (place) WHERE place IN (
  SELECT s.place FROM spans t CROSS JOIN session s ON s.client = t.client AND s.day BETWEEN t.first AND t.last
  UNION
  SELECT s.place FROM days t CROSS JOIN session s ON s.provider = t.provider AND s.day BETWEEN t.day - 1 AND t.day + 1
  CROSS JOIN came c ON c.place = s.place
  WHERE c.arrival < :latest AND (s.day = t.day OR (s.begins < t.ends AND s.ends > t.begins))
) AND NOT place BETWEEN :start AND :last
"""
BATCH = 1000


class FileStore:
    """Sessions are added in the order of the file; ``chunk`` gives them back with those they stand beside."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None)  # no name: private, on disk only where it grows large
        self._base.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536;" + TABLES)
        self._base.execute("BEGIN")
        self._waiting: list[tuple[Any, ...]] = []
        self.count = 0

    def close(self) -> None:
        self._base.close()

    def add(self, number: int, facts: SessionFacts) -> None:
        """``number`` is the place of the session in the file."""
        day = facts.date_of_service.toordinal()
        begins, ends = interval(facts) or (None, None)
        kept = pickle.dumps(facts, 5)
        _, start, external_id = order_of(facts)
        who = facts.client_key, facts.provider_npi
        row = (self.count, number, *who, day, begins, ends, start, external_id, kept)
        self._waiting.append(row)
        self.count += 1
        if len(self._waiting) >= BATCH:
            self._write()

    def _write(self) -> None:
        self._base.executemany("INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", self._waiting)
        self._waiting.clear()

    def tell(self, kind: str, values: Iterable[object]) -> None:
        """Keep what else was read: problems, rows that are no session."""
        self._base.executemany("INSERT INTO told VALUES (?, ?)", [(kind, pickle.dumps(value, 5)) for value in values])

    def told(self, kind: str) -> Iterator[Any]:
        for (value,) in self._base.cursor().execute("SELECT value FROM told WHERE kind = ? ORDER BY rowid", (kind,)):
            yield pickle.loads(value)  # noqa: S301 — written by this object, seen by nobody else

    def finish(self) -> None:
        """All sessions are there."""
        self._write()
        self._base.executescript(INDEXES + ARRIVALS)

    def contents(self) -> tuple[dt.date, dt.date, int, int] | None:
        """First and last date of service, how many providers and clients; None without sessions."""
        query = "SELECT min(day), max(day), count(DISTINCT provider), count(DISTINCT client) FROM session"
        first, last, providers, clients = self._base.execute(query).fetchone()
        return None if first is None else (dt.date.fromordinal(first), dt.date.fromordinal(last), providers, clients)

    def starts(self) -> range:
        """Where the chunks begin, in the order of the file."""
        return range(0, self.count, BATCH)

    def chunk(self, start: int, wanted: Wanted) -> tuple[list[int], list[Loaded], list[Loaded]]:
        """Places in the file, sessions, and all sessions they may stand beside.

        ``wanted`` tells how many days of its client's history a session is screened beside; no more is read.
        """
        values = {"start": start, "last": start + BATCH - 1}
        rows = self._base.execute(OF_CHUNK, values).fetchall()
        targets = [_loaded(arrival, blob) for _, arrival, blob in rows]
        self._base.execute("DELETE FROM spans")
        self._base.execute("DELETE FROM days")
        self._base.executemany("INSERT INTO spans VALUES (?, ?, ?)", _spans(targets, wanted))
        self._base.executemany("INSERT INTO days VALUES (?, ?, ?, ?)", _days(targets))
        latest = max([target.arrival for target in targets], default=0)
        found = self._base.execute(BESIDE, {**values, "latest": latest})
        return [number for number, _, _ in rows], targets, [*targets, *(_loaded(*row) for row in found)]


def _spans(targets: Iterable[Loaded], wanted: Wanted) -> set[tuple[str, int, int]]:
    """Clients, and between which days their sessions are wanted."""
    spans = set()
    for target in targets:
        day = target.facts.date_of_service.toordinal()
        spans.add((target.client_id, day - max(1, wanted(target.facts)), day + 1))
    return spans


def _days(targets: Iterable[Loaded]) -> list[tuple[str, int, float | None, float | None]]:
    """Providers with their days, and from when to when the sessions reach that state their times."""
    hours: dict[tuple[str, int], Span | None] = {}
    for target in targets:
        key = (target.provider_id, target.facts.date_of_service.toordinal())
        known, span = hours.get(key), target.span
        if known is not None and span is not None:
            span = min(known[0], span[0]), max(known[1], span[1])
        hours[key] = span or known
    return [(provider, day, *(span or (None, None))) for (provider, day), span in hours.items()]


def _loaded(arrival: int, blob: bytes) -> Loaded:
    facts: SessionFacts = pickle.loads(blob)  # noqa: S301 — written by this object, seen by nobody else
    return Loaded(facts.external_id, arrival, facts.provider_npi, facts.client_key, facts, interval(facts))
