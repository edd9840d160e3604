"""Looking for patterns: what changed is counted anew and the months it reaches are looked at again.

One worker at a time, in slices of providers. A slice takes its marks and does its work in one transaction, so that a
killed worker leaves them for the next. The same function, given a mark for every day, is the full recount.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, transaction

from clawguard.domain.codesets import Policies
from clawguard.domain.lifecycles import ImportState
from clawguard.domain.patterns import Peers, Period, Plan, look
from clawguard.domain.patterns.days import DayFacts
from clawguard.domain.patterns.period import MONTHS_BACK, month_of, months_on
from clawguard.holidays_us import federal_calendar
from sessions.models import ImportBatch, IntakeChunk, PatternMark, PeerMark, StatedFact
from sessions.services import counting, pattern_book, pattern_findings, tables
from sessions.services.counting import Pair
from sessions.services.pattern_findings import Found

LOCK = 0x50415454  # any fixed number, different from those of the audit chain and of intake
PROVIDERS = 50  # of one slice
IMPORT_PATIENCE = dt.timedelta(minutes=10)  # while a file is stored and screened, its days wait, and are counted once
GRACE = dt.timedelta(seconds=10)
WEEK = dt.timedelta(days=7)
ENOUGH_SECONDS = 45.0  # of one sweep; far below a task's time limit
EVER = dt.datetime.max.replace(tzinfo=dt.UTC) - dt.timedelta(days=2)
TAKE = """
WITH chosen AS (
    SELECT DISTINCT provider_id FROM therapy_sessions_patternmark WHERE at <= %(until)s LIMIT %(providers)s
),
gone AS (
    DELETE FROM therapy_sessions_patternmark m USING chosen WHERE m.provider_id = chosen.provider_id
    RETURNING m.provider_id::text AS provider_id, m.day
)
SELECT DISTINCT provider_id, day FROM gone
"""
MARK_ALL = """
INSERT INTO therapy_sessions_patternmark (provider_id, day)
SELECT provider_id, date_of_service FROM therapy_sessions_therapysession GROUP BY 1, 2
UNION SELECT provider_id, day FROM therapy_sessions_providerday
"""
MARK_CLIENTS = """
INSERT INTO therapy_sessions_patternmark (provider_id, day)
SELECT DISTINCT provider_id, date_of_service FROM therapy_sessions_therapysession WHERE client_id = ANY(%(clients)s)
"""
SHARES = """
SELECT provider_id::text, license_kind, payer_kind, sum(long)::int, sum(whole)::int, bool_or(month = %(last)s)
FROM therapy_sessions_providershare WHERE month BETWEEN %(first)s AND %(last)s GROUP BY 1, 2, 3
ORDER BY 1, max(month), 2, 3
"""


def sweep(now: dt.datetime) -> int:
    """Work through what waits, for a while; the sweeper's and the tasks' way in. Returns how many slices were done."""
    pattern_book.follow(now)
    return _work(now - (IMPORT_PATIENCE if _importing(now) else GRACE), now)


def look_now(now: dt.datetime) -> int:
    """Work through all that waits, however new it is."""
    pattern_book.follow(now)
    return _work(EVER, now, seconds=None)


def recount(now: dt.datetime) -> int:
    """Count every day of every provider anew: the full run, by the same steps."""
    with connection.cursor() as cursor:
        cursor.execute(MARK_ALL)
    return look_now(now)


def mark_clients(clients: Sequence[Any]) -> None:
    """What is known of these clients changed: the days of their providers are looked at again."""
    if clients:
        with connection.cursor() as cursor:
            cursor.execute(MARK_CLIENTS, {"clients": list(clients)})


def _importing(now: dt.datetime) -> bool:
    """Whether a file is being stored, or what was stored of one still waits for its screening."""
    lately = now - IMPORT_PATIENCE
    return (
        ImportBatch.objects.filter(status=ImportState.RUNNING, updated_at__gte=lately).exists()
        or IntakeChunk.objects.filter(screened_at=None, created_at__gte=lately, batch__isnull=False).exists()
    )


def _work(until: dt.datetime, now: dt.datetime, seconds: float | None = ENOUGH_SECONDS) -> int:
    end = None if seconds is None else time.monotonic() + seconds
    slices = 0
    while work_slice(until, now) or (not waiting(until) and work_peers(now)):
        slices += 1
        if end is not None and time.monotonic() > end:
            break
    return slices


def waiting(until: dt.datetime) -> bool:
    return PatternMark.objects.filter(at__lte=until).exists()


@transaction.atomic
def work_slice(until: dt.datetime, now: dt.datetime) -> bool:
    """Count the marked days of some providers and look at the months they reach. False when nothing was to do."""
    if not _alone():
        return False
    with connection.cursor() as cursor:
        cursor.execute(TAKE, {"until": until, "providers": PROVIDERS})
        pairs: list[Pair] = cursor.fetchall()
    if not pairs:
        return False
    in_force = tables.current()
    counting.count_days(pairs, in_force.procedures)
    first, last = month_of(min(day for _, day in pairs)), month_of(max(day for _, day in pairs))
    reach = months_on(last, MONTHS_BACK + 1) + WEEK
    days = counting.days_of({provider for provider, _ in pairs}, months_on(first, -MONTHS_BACK - 1), reach)
    counting.count_shares(pairs, days)
    months, policies = _reached(pairs, days), in_force.policies
    plans = plans_of({client for provider in months for day in days.get(provider, ()) for client in day.clients})
    found = [
        Found(provider, month, finding)
        for provider, reached in months.items()
        for month in reached
        for finding in look(_period(month, days.get(provider, []), policies, plans), among_peers=False)
    ]
    pattern_findings.settle(found, months, now, among_peers=False)
    return True


@transaction.atomic
def work_peers(now: dt.datetime) -> bool:
    """Compare all providers of one due month with their peers. False when no month is due."""
    if not _alone():
        return False
    due = PeerMark.objects.select_for_update(skip_locked=True).order_by("month").first()
    if due is None:
        return False
    month = due.month
    due.delete()
    with connection.cursor() as cursor:
        cursor.execute(SHARES, {"first": months_on(month, -MONTHS_BACK), "last": month})
        rows: list[Row] = cursor.fetchall()
    policies = tables.current().policies
    everybody = {row[0] for row in rows} | pattern_findings.providers_with(month, among_peers=True)
    days = _summed(rows, month)
    groups = peers_by_provider(rows, policies.on("", "", "", month).share_least_sessions)
    found = [
        Found(provider, month, finding)
        for provider in sorted(everybody)
        for finding in look(
            _period(month, days.get(provider, []), policies, {}, groups.get(provider)), among_peers=True
        )
    ]
    pattern_findings.settle(found, {provider: [month] for provider in everybody}, now, among_peers=True)
    return True


# provider, licence, kind of payer, sessions of 90837, of all three codes, whether any were in the last month
Row = tuple[str, str, str, int, int, bool]


def _summed(rows: Sequence[Row], month: dt.date) -> dict[str, list[DayFacts]]:
    """The twelve months of each provider with sessions in the last one, as far as shares need them: their sums."""
    tiers: dict[str, dict[str, tuple[int, int, int]]] = {}
    there = {row[0] for row in rows if row[5]}
    for provider, _, payer, long, whole, _ in rows:
        before = tiers.setdefault(provider, {}).get(payer, (0, 0, 0))
        tiers[provider][payer] = (0, before[1] + whole - long, before[2] + long)
    return {provider: [DayFacts(month, 0, "", tiers[provider], {}, {}, 0, {})] for provider in there}


def peers_by_provider(rows: Sequence[Row], least: int) -> dict[str, Peers]:
    """For each provider the others of the same licence. A licence nobody knows has no peers."""
    kind_of = {row[0]: row[1] for row in rows}
    by_kind: dict[tuple[str, str], tuple[int, int]] = {}
    own: dict[str, dict[str, tuple[int, int]]] = {}
    for provider, license_kind, payer, long, whole, _ in rows:
        before = by_kind.get((license_kind, payer), (0, 0))
        by_kind[license_kind, payer] = before[0] + long, before[1] + whole
        mine = own.setdefault(provider, {}).get(payer, (0, 0))
        own[provider][payer] = mine[0] + long, mine[1] + whole
    totals = {key: (sum(a for a, _ in parts.values()), sum(b for _, b in parts.values())) for key, parts in own.items()}
    shares: dict[str, list[tuple[str, tuple[int, int]]]] = {}
    for provider, total in sorted(totals.items()):
        if total[1] >= least:
            shares.setdefault(kind_of[provider], []).append((provider, total))
    found = {}
    for provider, kind in kind_of.items():
        others = tuple(total for key, total in shares.get(kind, ()) if key != provider) if kind else ()
        without = {
            payer: (long - own[provider].get(payer, (0, 0))[0], whole - own[provider].get(payer, (0, 0))[1])
            for (license_kind, payer), (long, whole) in by_kind.items()
            if license_kind == kind
        }
        found[provider] = Peers(without, others)
    return found


def _alone() -> bool:
    """Whether this is the one worker at it; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def _reached(pairs: Iterable[Pair], days: Mapping[str, list[DayFacts]]) -> dict[str, list[dt.date]]:
    """The months with sessions that a changed day can say something about: its own, the one before, eleven after.

    A month that lost its last session is among them, so that what was said of it is cleared.
    """
    changed: dict[str, set[dt.date]] = {}
    for provider, day in pairs:
        changed.setdefault(provider, set()).add(month_of(day))
    found = {}
    for provider, months in changed.items():
        there = {month_of(day.day) for day in days.get(provider, ())}
        reached = {months_on(month, step) for month in months for step in range(-1, MONTHS_BACK + 1)}
        found[provider] = sorted((reached & there) | months)
    return found


def _period(
    month: dt.date,
    days: Sequence[DayFacts],
    policies: Policies,
    plans: Mapping[str, tuple[Plan, ...]],
    peers: Peers | None = None,
) -> Period:
    first, last = months_on(month, -MONTHS_BACK), months_on(month, 1) + WEEK
    inside = tuple(day for day in days if first <= day.day <= last)
    clients = {client for day in inside for client in day.clients}
    policy = policies.on("", "", "", month)
    own = {client: plans[client] for client in sorted(clients & plans.keys())}
    return Period(month, inside, policy, HOLIDAYS, own, peers or Peers({}, ()))


HOLIDAYS = frozenset(federal_calendar().holidays)


def plans_of(clients: set[str]) -> dict[str, tuple[Plan, ...]]:
    """The stated plans of these clients, the latest statement last."""
    rows = StatedFact.objects.filter(kind="plan", client_id__in=sorted(clients), withdrawal__isnull=True)
    found: dict[str, tuple[Plan, ...]] = {}
    for row in rows.order_by("stated_at", "id"):
        plan = Plan(row.values["sessions"], row.values["per"], row.first_day, row.last_day)
        found[str(row.client_id)] = (*found.get(str(row.client_id), ()), plan)
    return found
