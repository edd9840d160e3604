"""One calendar month of a provider, with the days before it that rolling windows reach back to."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property

from clawguard.domain.codesets import Policy
from clawguard.domain.dated import includes
from clawguard.domain.patterns.days import DayFacts

MONTHS_BACK = 11  # with the month itself: the twelve of the longest window
Tiers = Mapping[str, tuple[int, int]]  # payer kind to sessions of 90837 and of all three codes


@dataclass(frozen=True, slots=True)
class Peers:
    """Other providers of the same licence in the same twelve months."""

    by_kind: Tiers  # all of them together, by kind of payer
    shares: tuple[tuple[int, int], ...]  # each one's 90837 and all three, of those with enough sessions to speak of


@dataclass(frozen=True, slots=True)
class Plan:
    """The frequency of a client's treatment plan: ``sessions`` per ``week`` or ``month``, while it holds."""

    sessions: int
    per: str
    first_day: dt.date | None
    last_day: dt.date | None

    def holds(self, day: dt.date) -> bool:
        return includes(self.first_day, self.last_day, day)


NO_PEERS = Peers({}, ())


@dataclass(frozen=True)
class Period:
    """``days``: in order, of this month, the eleven before and the week after. Days without sessions are not there."""

    month: dt.date  # its first day
    days: tuple[DayFacts, ...]
    policy: Policy
    holidays: Set[dt.date] = frozenset()
    plans: Mapping[str, tuple[Plan, ...]] = field(default_factory=dict)  # by client, the latest statement last
    peers: Peers = NO_PEERS

    @property
    def last_day(self) -> dt.date:
        """The last day of the month."""
        return months_on(self.month, 1) - dt.timedelta(days=1)

    @cached_property
    def this_month(self) -> tuple[DayFacts, ...]:
        return self.between(self.month, self.last_day)

    def between(self, first: dt.date, last: dt.date) -> tuple[DayFacts, ...]:
        """The days with sessions from ``first`` to ``last``, both included."""
        dates = self._dates
        return self.days[bisect_left(dates, first) : bisect_right(dates, last)]

    @cached_property
    def by_client(self) -> dict[str, list[tuple[dt.date, int]]]:
        """Days and individual sessions of each client, in order."""
        found: dict[str, list[tuple[dt.date, int]]] = {}
        for day in self.days:
            for client, count in day.clients.items():
                found.setdefault(client, []).append((day.day, count))
        return found

    def sessions_of(self, client: str, first: dt.date, last: dt.date) -> int:
        """Individual sessions of a client from ``first`` to ``last``, both included."""
        return sum(count for day, count in self.by_client.get(client, ()) if first <= day <= last)

    @cached_property
    def _dates(self) -> list[dt.date]:
        return [day.day for day in self.days]


def months_on(month: dt.date, count: int) -> dt.date:
    """The first day of the month ``count`` months later (earlier, if negative)."""
    index = month.year * 12 + month.month - 1 + count
    return dt.date(index // 12, index % 12 + 1, 1)


def month_of(day: dt.date) -> dt.date:
    return day.replace(day=1)


def tiers_of(days: tuple[DayFacts, ...]) -> dict[str, tuple[int, int]]:
    """90837 and all three codes by kind of payer."""
    found: dict[str, tuple[int, int]] = {}
    for day in days:
        for kind, (short, middle, long) in day.tiers.items():
            of_long, of_all = found.get(kind, (0, 0))
            found[kind] = of_long + long, of_all + short + middle + long
    return found
