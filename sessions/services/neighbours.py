"""Which other sessions a session is screened beside, loaded for many sessions at once.

A session is judged beside those of its day that *arrived before it*: overlap and duplicate are then told once, on the
later arrival, however the two came in and whoever screens first. A finding that a later arrival explains away (an
add-on whose main service came as a session of its own) is dropped, or cleared if it was already told. The client's
history is read by date, whatever arrived first; ``affected`` finds whom an arrival concerns afterwards.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from clawguard.domain.checks import history_days
from clawguard.domain.checks.timing import Span
from clawguard.domain.codesets import CodeTables
from clawguard.domain.codesets.groups import CALLS
from clawguard.domain.facts import SessionFacts
from sessions import facts
from sessions.facts import Loaded

Wanted = Callable[[SessionFacts], int]  # how many days of its client's history a session is screened beside
DAY = dt.timedelta(days=1)

# One index look-up per client, and per provider and day. OFFSET 0 keeps the database from joining in another order:
# with statistics from before a large import it would compare every session with every client. What was stored in the
# same chunk is at hand already; of a neighbouring day only what reaches into the hours of the day itself is wanted.
OF_CLIENTS = """
unnest(%(clients)s::uuid[], %(firsts)s::date[], %(lasts)s::date[]) AS t(client_id, first, last) CROSS JOIN LATERAL (
    SELECT * FROM therapy_sessions_therapysession n
    WHERE n.client_id = t.client_id AND n.date_of_service BETWEEN t.first AND t.last
      AND n.chunk_id IS DISTINCT FROM %(chunk)s OFFSET 0
)
"""
OF_PROVIDERS = """
unnest(%(providers)s::uuid[], %(days)s::date[], %(begins)s::timestamptz[], %(ends)s::timestamptz[])
AS t(provider_id, day, begins, ends) CROSS JOIN LATERAL (
    SELECT * FROM therapy_sessions_therapysession n
    WHERE n.provider_id = t.provider_id AND n.date_of_service BETWEEN t.day - 1 AND t.day + 1
      AND (n.date_of_service = t.day OR (n.start < t.ends AND n."end" > t.begins))
      AND n.arrival < %(before)s AND n.chunk_id IS DISTINCT FROM %(chunk)s OFFSET 0
)
"""


class Around(NamedTuple):
    """What a session is screened beside. ``same_visit_later`` arrived after it: it can only explain findings away."""

    same_day: tuple[SessionFacts, ...] = ()
    history: tuple[SessionFacts, ...] = ()
    same_visit_later: tuple[SessionFacts, ...] = ()
    # As in Context; None is left for the checks to work out.
    at_once: tuple[SessionFacts, ...] | None = ()  # those of same_day whose times overlap with the session's


NOBODY = Around()


class _ClientDays:
    """Sessions of one client in order of date, then of arrival."""

    __slots__ = ("close", "dates", "rows")

    def __init__(self) -> None:
        self.rows: list[Loaded] = []
        self.dates: list[dt.date] = []
        self.close = False  # whether any two of them are a day apart or less

    def add(self, row: Loaded, date: dt.date) -> None:
        if self.dates and not self.close:
            self.close = date - self.dates[-1] <= DAY
        self.rows.append(row)
        self.dates.append(date)

    def between(self, first: dt.date, last: dt.date) -> list[Loaded]:
        return self.rows[bisect_left(self.dates, first) : bisect_right(self.dates, last)]


class _ProviderDay:
    """Sessions of one provider on one date, and from when to when they reach."""

    __slots__ = ("before", "begin", "date", "end", "followed", "rows")

    def __init__(self, date: dt.date) -> None:
        self.date = date
        self.rows: list[Loaded] = []
        self.begin, self.end = float("inf"), float("-inf")
        self.before: _ProviderDay | None = None  # the provider's sessions of the day before
        # Not a link to the day after: days that hold each other would stay in memory until the collector comes by.
        self.followed = False

    def add(self, row: Loaded) -> None:
        self.rows.append(row)
        if row.span is not None:
            begin, end = row.span
            self.begin, self.end = min(self.begin, begin), max(self.end, end)

    def follow(self, other: _ProviderDay) -> None:
        if self.date - other.date == DAY:
            self.before, other.followed = other, True

    def at_once(self, target: Loaded) -> list[Loaded]:
        """Sessions with other clients at the time of the target."""
        if not _overlap((self.begin, self.end), target.span):
            return []
        return [row for row in self.rows if row.client_id != target.client_id and _overlap(row.span, target.span)]


class Neighbourhood:
    """Sessions indexed by client and by provider and day, to find what each of some targets is screened beside."""

    def __init__(self, rows: Iterable[Loaded], code_tables: Sequence[CodeTables]) -> None:
        self.wanted = wanted_by(code_tables)
        self.calls = frozenset[str]().union(*(each.codes(CALLS) for each in code_tables))
        self.clients: dict[str, _ClientDays] = {}
        self.days: dict[tuple[str, dt.date], _ProviderDay] = {}
        last: dict[str, _ProviderDay] = {}
        for row in sorted(sorted(rows, key=_arrival), key=_date):
            date = row.facts.date_of_service
            client = self.clients.get(row.client_id)
            if client is None:
                client = self.clients[row.client_id] = _ClientDays()
            client.add(row, date)
            day = last.get(row.provider_id)
            if day is None or day.date != date:
                earlier, day = day, _ProviderDay(date)
                self.days[row.provider_id, date] = last[row.provider_id] = day
                if earlier is not None:
                    day.follow(earlier)
            day.add(row)

    def around(self, target: Loaded) -> Around:
        """``target`` must be among the rows."""
        client = self.clients[target.client_id]
        day = self.days[target.provider_id, target.facts.date_of_service]
        alone = not client.close and len(day.rows) == 1 and day.before is None and not day.followed
        history = self._history(target, client) if len(client.rows) > 1 else ()
        if alone and not history:
            return NOBODY
        near = self._near(target, client) if client.close else [target]
        beside = [*near, *self._of_provider(target, day)]
        if len(beside) == 1 and not history:
            return NOBODY  # nobody but itself
        arrival = target.arrival
        earlier = [row for row in beside if row.arrival < arrival]
        return Around(
            tuple([row.facts for row in earlier]),
            history,
            tuple([row.facts for row in same_visit(target, near) if row.arrival > arrival]),
            tuple([row.facts for row in earlier if _overlap(row.span, target.span)]),
        )

    def _near(self, target: Loaded, client: _ClientDays) -> list[Loaded]:
        """The client's sessions of the day, itself among them, and of the days around it those at the same time, and
        those of which one is a call."""
        date, call = target.facts.date_of_service, self._calls(target)
        rows = client.between(date - DAY, date + DAY)
        return [
            row
            for row in rows
            if call or row.facts.date_of_service == date or _overlap(row.span, target.span) or self._calls(row)
        ]

    def _calls(self, row: Loaded) -> bool:
        """Whether it bills a call, which may have led to a visit of the next day."""
        return any(line.code in self.calls for line in row.facts.service_lines)

    def _of_provider(self, target: Loaded, day: _ProviderDay) -> list[Loaded]:
        """The provider's sessions with other clients: of the day, and of the days around it those at the same time."""
        client = target.client_id
        found = [row for row in day.rows if row.client_id != client] if len(day.rows) > 1 else []
        if day.before is not None and (before := day.before.at_once(target)):
            found = [*before, *found]
        if day.followed and (after := self.days[target.provider_id, day.date + DAY].at_once(target)):
            found = [*found, *after]
        return found

    def _history(self, target: Loaded, client: _ClientDays) -> tuple[SessionFacts, ...]:
        """By date, whatever arrived first: in the order of days, and of their own ids within a day."""
        days = self.wanted(target.facts)
        if not days:
            return ()
        date = target.facts.date_of_service
        rows = client.between(date - dt.timedelta(days=days), date - DAY)
        return tuple(sorted([row.facts for row in rows], key=_in_order))

    def same_visits(self, target: Loaded) -> Iterator[Loaded]:
        """Sessions of the same client, provider and day that arrived earlier."""
        return (row for row in same_visit(target, self.clients[target.client_id].rows) if row.arrival < target.arrival)


_arrival = attrgetter("arrival")
_date = attrgetter("facts.date_of_service")
_in_order = attrgetter("date_of_service", "external_id")


def same_visit(target: Loaded, rows: Iterable[Loaded]) -> Iterator[Loaded]:
    date, provider = target.facts.date_of_service, target.provider_id
    return (row for row in rows if row.provider_id == provider and row.facts.date_of_service == date)


def _overlap(one: Span | None, other: Span | None) -> bool:
    return one is not None and other is not None and one[0] < other[1] and other[0] < one[1]


def load(
    targets: Sequence[Loaded], code_tables: Sequence[CodeTables], known: Iterable[Loaded] = (), chunk_id: int = 0
) -> Neighbourhood:
    """The neighbours of ``targets`` in two queries, for screening with any of ``code_tables``.

    ``known`` are rows at hand; those stored in the chunk must be.
    """
    rows = {row.id: row for row in (*known, *targets)}
    if targets:
        clients, providers = _spans(targets, wanted_by(code_tables))
        clients["chunk"] = providers["chunk"] = chunk_id
        rows.update((row.id, row) for row in facts.load("", clients, OF_CLIENTS, rows))
        rows.update((row.id, row) for row in facts.load("", providers, OF_PROVIDERS, rows))
    return Neighbourhood(rows.values(), code_tables)


def wanted_by(code_tables: Sequence[CodeTables]) -> Wanted:
    """How many days of its client's history a session is screened beside, with any of ``code_tables``."""
    if len(code_tables) == 1:
        (only,) = code_tables
        return lambda session: history_days(session, only)
    return lambda session: max(history_days(session, each) for each in code_tables)


def _spans(targets: Sequence[Loaded], wanted: Wanted) -> tuple[dict[str, object], dict[str, object]]:
    """Parameters of both queries: clients with the days to look at, providers with days and hours."""
    spans: dict[str, tuple[dt.date, dt.date]] = {}
    days: dict[tuple[str, dt.date], tuple[dt.datetime | None, dt.datetime | None]] = {}
    for target in targets:
        given = target.facts
        day = given.date_of_service
        first = day - dt.timedelta(days=max(1, wanted(given)))
        known_first, last = spans.get(target.client_id, (first, day))
        spans[target.client_id] = min(first, known_first), max(last, day)
        begin, end = days.get((target.provider_id, day), (None, None))
        days[target.provider_id, day] = _wider(begin, given.start, min), _wider(end, given.end, max)
    clients: dict[str, object] = {
        "clients": facts.array(spans),
        "firsts": [first for first, _ in spans.values()],
        "lasts": [last + DAY for _, last in spans.values()],
    }
    providers: dict[str, object] = {
        "providers": facts.array(provider for provider, _ in days),
        "days": [day for _, day in days],
        "begins": [begin for begin, _ in days.values()],
        "ends": [end for _, end in days.values()],
        "before": max(target.arrival for target in targets),
    }
    return clients, providers


def _wider(
    known: dt.datetime | None, stated: dt.datetime | None, choose: Callable[..., dt.datetime]
) -> dt.datetime | None:
    return stated if known is None else known if stated is None else choose(known, stated)


def among(
    rows: Sequence[Loaded], code_tables: CodeTables, targets: Sequence[Loaded] | None = None
) -> Iterator[tuple[Loaded, Around]]:
    """Each of ``targets``, which are among ``rows``, with its neighbours in ``rows``; without them each row."""
    here = Neighbourhood(rows, [code_tables])
    return ((target, here.around(target)) for target in (rows if targets is None else targets))
