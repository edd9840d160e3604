"""What one day of one provider comes to: the aggregate from which every period is put together."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from clawguard.domain.codesets.groups import GROUP, TIERS
from clawguard.domain.codesets.procedure_list import PACKAGED
from clawguard.domain.codesets.procedure_table import ProcedureTable

SHORT, MIDDLE, LONG = "90832", "90834", "90837"
INDIVIDUAL = TIERS
COUNTED = 2  # what is counted of a day: raise it with every change, and every day is counted anew
QUARTER = 15 * 60  # seconds; every time zone of the country lies whole hours from UTC


class Visit(NamedTuple):
    """One session, as far as patterns look at it. ``begin`` and ``end`` are seconds since the epoch, in order, or
    both None; ``hour`` is the hour of the beginning on the practice's clock."""

    client: str
    payer_kind: str
    license: str
    codes: tuple[str, ...]
    minutes: int | None
    begin: float | None
    end: float | None
    hour: int | None


@dataclass(frozen=True, slots=True)
class DayFacts:
    """One day. The rows of a group that share their times count as one visit."""

    day: dt.date
    visits: int
    license: str  # as last stated that day
    tiers: Mapping[str, tuple[int, int, int]]  # payer kind to sessions of 90832, 90834, 90837
    long_minutes: Mapping[int, int]  # minutes of 90837 to sessions
    hours: Mapping[int, int]  # hour of the beginning to visits
    unbroken: int  # most visits in a row without a minute between them
    clients: Mapping[str, int]  # client to individual sessions
    timed: int = 0  # visits with stated times
    at_slots: int = 0  # those of them that begin and end on a quarter of an hour

    def as_json(self) -> dict[str, Any]:
        """Compact: the database keeps one row per provider and day."""
        return {
            "v": self.visits,
            "l": self.license,
            "t": {kind: list(counts) for kind, counts in self.tiers.items()},
            "m": {str(minutes): count for minutes, count in self.long_minutes.items()},
            "h": {str(hour): count for hour, count in self.hours.items()},
            "u": self.unbroken,
            "c": dict(self.clients),
            "q": [self.timed, self.at_slots],
        }


def read_day(day: dt.date, stored: Mapping[str, Any]) -> DayFacts:
    """The day from ``DayFacts.as_json``. Days stored before quarters were counted have none until they are counted
    anew."""
    timed, at_slots = stored.get("q", (0, 0))
    return DayFacts(
        day=day,
        visits=stored["v"],
        license=stored["l"],
        tiers={kind: (counts[0], counts[1], counts[2]) for kind, counts in stored["t"].items()},
        long_minutes={int(minutes): count for minutes, count in stored["m"].items()},
        hours={int(hour): count for hour, count in stored["h"].items()},
        unbroken=stored["u"],
        clients=stored["c"],
        timed=timed,
        at_slots=at_slots,
    )


def day_facts(day: dt.date, sessions: Iterable[Visit], procedures: ProcedureTable = PACKAGED) -> DayFacts:
    """The sessions of one provider and day, in order of their arrival, as one value."""
    rows, individual = list(sessions), procedures.codes(INDIVIDUAL)
    tiers: dict[str, list[int]] = {}
    long_minutes: Counter[int] = Counter()
    clients: Counter[str] = Counter()
    for row in rows:
        counts = [row.codes.count(code) for code in (SHORT, MIDDLE, LONG)]
        if any(counts):
            known = tiers.setdefault(row.payer_kind, [0, 0, 0])
            tiers[row.payer_kind] = [a + b for a, b in zip(known, counts, strict=True)]
        if counts[2] and len(row.codes) == 1 and row.minutes is not None:
            long_minutes[row.minutes] += 1
        if not individual.isdisjoint(row.codes):
            clients[row.client] += 1
    visits = _visits(rows, procedures.codes(GROUP))
    spans = sorted((row.begin, row.end) for row in visits if row.begin is not None and row.end is not None)
    return DayFacts(
        day=day,
        visits=len(visits),
        license=rows[-1].license if rows else "",
        tiers={kind: (a, b, c) for kind, (a, b, c) in sorted(tiers.items())},
        long_minutes=dict(sorted(long_minutes.items())),
        hours=dict(sorted(Counter(row.hour for row in visits if row.hour is not None).items())),
        unbroken=_unbroken(spans),
        clients=dict(sorted(clients.items())),
        timed=len(spans),
        at_slots=sum(begin % QUARTER == 0 and end % QUARTER == 0 for begin, end in spans),
    )


def _visits(rows: list[Visit], in_groups: frozenset[str]) -> list[Visit]:
    """One visit for all rows of a group with the same times."""
    kept: list[Visit] = []
    groups: set[tuple[float, float | None]] = set()
    for row in rows:
        if row.begin is not None and not in_groups.isdisjoint(row.codes):
            if (row.begin, row.end) in groups:
                continue
            groups.add((row.begin, row.end))
        kept.append(row)
    return kept


def _unbroken(spans: list[tuple[float, float]]) -> int:
    longest = run = 1 if spans else 0
    for before, after in pairwise(spans):
        run = run + 1 if after[0] == before[1] else 1
        longest = max(longest, run)
    return longest
