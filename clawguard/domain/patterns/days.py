"""What one day of one provider comes to: the aggregate from which every period is put together."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from clawguard.domain.checks.timing import takes_time_of_clock
from clawguard.domain.codesets.groups import GROUP, TIERS
from clawguard.domain.codesets.procedure_list import PACKAGED
from clawguard.domain.codesets.procedure_table import ProcedureTable, in_setting

SHORT, MIDDLE, LONG = "90832", "90834", "90837"
INDIVIDUAL = TIERS
COUNTED = 3  # what is counted of a day: raise it with every change, and every day is counted anew
_SHARED = in_setting("group", "program")
_OTHER_DAYS = ("month", "total")  # what a code's minutes are: a month's, or all work on it, whenever it was done
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
    minutes: int = 0  # with clients, shared time once

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
            "b": self.minutes,
        }


def read_day(day: dt.date, stored: Mapping[str, Any]) -> DayFacts:
    """The day from ``DayFacts.as_json``. Days stored before quarters or minutes were counted have none until they
    are counted anew."""
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
        minutes=stored.get("b", 0),
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
        minutes=_minutes(rows, procedures),
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


def _minutes(rows: list[Visit], procedures: ProcedureTable) -> int:
    """Covered by at least one session with stated times, and the totals of those without. Of groups and programmes
    without times only the longest counts: they may have been one."""
    spans = sorted((row.begin, row.end) for row in rows if row.begin is not None and row.end is not None)
    covered, reached = 0.0, float("-inf")
    for begin, end in spans:
        covered += max(0.0, end - max(begin, reached))
        reached = max(reached, end)
    shared = procedures.codes(_SHARED)
    totals, longest = 0, 0
    for row in rows:
        if row.begin is not None or not row.minutes or not _on_the_day(row, procedures):
            continue
        if shared.isdisjoint(row.codes):
            totals += row.minutes
        else:
            longest = max(longest, row.minutes)
    return int(covered // 60) + totals + longest


def _on_the_day(row: Visit, procedures: ProcedureTable) -> bool:
    """Whether any of its services takes time of the day itself."""
    return any(
        takes_time_of_clock(code, procedures)
        and ((procedure := procedures.get(code)) is None or procedure.basis not in _OTHER_DAYS)
        for code in row.codes
    )


def _unbroken(spans: list[tuple[float, float]]) -> int:
    longest = run = 1 if spans else 0
    for before, after in pairwise(spans):
        run = run + 1 if after[0] == before[1] else 1
        longest = max(longest, run)
    return longest
