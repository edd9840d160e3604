"""Months are looked at again when a threshold of the patterns is decided anew, or a release brings another version.

The book holds by what the months were last looked at. Where it differs from what is in force, the months that it makes
a difference to are marked (every day, where a release counts more of a day), and the book is written anew, in one
transaction: however often and by whomever this is asked for, a change is followed once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db import connection, transaction

from clawguard.domain.codesets import Policies
from clawguard.domain.codesets.policies import DEFAULTS, LABELS
from clawguard.domain.patterns import PATTERNS, PatternInfo
from clawguard.domain.patterns.days import COUNTED
from clawguard.domain.patterns.period import month_of, months_on
from sessions.codesets.policy_periods import Printed, of_printed, printed, printed_periods
from sessions.models import PatternBook, PeerMark

DAYS = "days"  # beside the versions of the patterns, that of what is counted of a day
EARLIEST = dt.date(1900, 1, 1)
MONTHS = "SELECT min(day), max(day) FROM therapy_sessions_providerday"
MARK_DAYS = """
INSERT INTO therapy_sessions_patternmark (provider_id, day) SELECT provider_id, day FROM therapy_sessions_providerday
"""
MARK_MONTHS = """
INSERT INTO therapy_sessions_patternmark (provider_id, day)
SELECT d.provider_id, min(d.day) FROM therapy_sessions_providerday d
JOIN unnest(%(months)s::date[]) AS t(month) ON d.day >= t.month AND d.day < t.month + interval '1 month'
GROUP BY d.provider_id, t.month
"""


def follow(now: dt.datetime) -> int:
    """Have the months looked at again to which a change since the last look makes a difference. Returns how many."""
    present = _present()
    book = PatternBook.objects.first()
    if book is not None and (book.patterns, book.thresholds) == present:
        return 0
    return _turn_page(now)


@transaction.atomic
def _turn_page(now: dt.datetime) -> int:
    patterns, thresholds = _present()
    given = {"patterns": patterns, "thresholds": thresholds, "since": now}
    unwritten = {**given, "patterns": {}}  # by nothing that is known, so that each month there is looked at once
    book, _ = PatternBook.objects.select_for_update().get_or_create(pk=1, defaults=unwritten)
    months = list(_other_months(book, patterns, thresholds))
    if book.patterns.get(DAYS) != patterns[DAYS]:
        _mark_days()
    _mark([month for month, infos in months if not all(info.among_peers for info in infos)])
    among_peers = [month for month, infos in months if any(info.among_peers for info in infos)]
    PeerMark.objects.bulk_create([PeerMark(month=month) for month in among_peers], ignore_conflicts=True)
    PatternBook.objects.filter(pk=book.pk).update(**given)
    return len(months)


NETWORK = {"payer_kind": "", "payer_id": "", "plan": ""}


def _present() -> tuple[dict[str, int], list[Printed]]:
    """Versions of the patterns, and their thresholds as decided for the network; the defaults stand before all."""
    names = {name for info in PATTERNS.values() for name in info.thresholds}
    usual = printed(EARLIEST, None, {name: DEFAULTS[name] for name in sorted(names)}, **NETWORK)
    own = (row for row in printed_periods() if all(row[part] == "" for part in NETWORK))
    decided = (_only(names, row) for row in own)
    versions = {key: PATTERNS[key].version for key in sorted(PATTERNS)} | {DAYS: COUNTED}
    return versions, [usual, *(row for row in decided if row["values"])]


def _only(names: Collection[str], row: Mapping[str, Any]) -> Printed:
    return {**row, "values": {key: value for key, value in sorted(row["values"].items()) if key in names}}


def _other_months(
    book: PatternBook, patterns: Mapping[str, int], thresholds: Iterable[Printed]
) -> Iterator[tuple[dt.date, list[PatternInfo]]]:
    """Months with sessions, with the patterns that are to look at them again."""
    before, after = _known(book.thresholds), _known(thresholds)
    renewed = [info for key, info in PATTERNS.items() if book.patterns.get(key) != patterns[key]]
    for month in _months():
        old, new = (each.on("", "", "", month) for each in (before, after))
        other = {name for name in LABELS if getattr(old, name) != getattr(new, name)}
        found = [info for info in PATTERNS.values() if info in renewed or other.intersection(info.thresholds)]
        if found:
            yield month, found


def _known(rows: Iterable[Mapping[str, Any]]) -> Policies:
    """As policies; a value that a later release has no more is left out."""
    return of_printed(_only(LABELS, row) for row in rows)


def _months() -> list[dt.date]:
    with connection.cursor() as cursor:
        cursor.execute(MONTHS)
        first, last = cursor.fetchone()
    if first is None:
        return []
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [months_on(month_of(first), step) for step in range(count)]


def _mark(months: list[dt.date]) -> None:
    if months:
        with connection.cursor() as cursor:
            cursor.execute(MARK_MONTHS, {"months": months})


def _mark_days() -> None:
    """A release counts something more of a day, which those that were counted before do not have."""
    with connection.cursor() as cursor:
        cursor.execute(MARK_DAYS)
