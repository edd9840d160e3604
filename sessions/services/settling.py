"""Bringing stored findings in line with what the checks say now: equal ones stay, cured ones go, new ones come.

One that nobody judged and that now says another severity, amount, party or message is told anew.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db import connection

from clawguard.accounts.actors import SYSTEM
from clawguard.domain import checks
from clawguard.domain.checks.comparison import telling
from clawguard.domain.lifecycles import FindingState
from clawguard.events.services import move_many
from clawguard.ids import new_id_text
from sessions import facts
from sessions.intake.copying import copy_rows, text_array
from sessions.models import Finding

NOTE_CHECKS = "CG7"  # judged only when something is known of the note; left as they are otherwise
# What a finding said once and people settled is not told anew while the facts are the same.
STANDING = (FindingState.NEW, FindingState.CONFIRMED, FindingState.DISMISSED, FindingState.OVERTURNED)
STANDING_IDS = """
SELECT f.id::text FROM therapy_sessions_finding f WHERE f.session_id = ANY(%s::uuid[]) AND f.status = ANY(%s)
"""
STANDING_ROWS = "SELECT * FROM therapy_sessions_finding WHERE id = ANY(%s::uuid[]) ORDER BY created_at, number"
LAST_NUMBERS = """
SELECT screening_id, max(number) FROM therapy_sessions_finding WHERE screening_id = ANY(%s::bigint[]) GROUP BY 1
"""
COLUMNS = (
    "id",
    "session_id",
    "screening_id",
    "number",
    "check_id",
    "check_version",
    "title",
    "category",
    "severity",
    "message",
    "provider_message",
    "evidence",
    "service_line",
    "amount_at_risk",
    "party_if_confirmed",
    "suggested_step",
    "source_name",
    "source_url",
    "request_items",
    "related",
    "status",
    "decision_reason",
    "decided_by_name",
    "created_at",
    "updated_at",
)

Key = tuple[str, int | None, str]


class Settled(NamedTuple):
    added: int
    cleared: int


def settle(
    found: Mapping[str, Iterable[checks.Finding]],
    screenings: Mapping[str, int],
    fresh: set[str],
    now: dt.datetime,
    *,
    with_note: bool,
) -> Settled:
    """``found``: session to its findings of now; ``screenings``: session to the row they belong to; ``fresh``: which
    of those rows were made just now."""
    standing = _standing(found, with_note)
    numbers = _last_numbers([row for key, row in screenings.items() if key not in fresh])
    moment, rows = now.isoformat(), list[tuple[str | None, ...]]()
    cured = list[Finding]()
    for session_id, findings in found.items():
        kept = standing.get(session_id, {})
        screening = screenings[session_id]
        number = numbers.get(screening, 0)
        for key, alike in _by_key(findings).items():
            left = kept.pop(key, [])
            for finding in alike:
                before = _same(finding, alike, left)
                if before is not None:
                    left.remove(before)
                    if _stays(before, finding):
                        continue
                    cured.append(before)
                number += 1
                rows.append(_row(session_id, screening, number, finding, key[2], moment))
            cured += left
        cured += [row for some in kept.values() for row in some]
    if rows:
        copy_rows(Finding._meta.db_table, COLUMNS, rows)
    return Settled(len(rows), _clear(cured, now))


def _by_key(findings: Iterable[checks.Finding]) -> dict[Key, list[checks.Finding]]:
    """Findings that say the same of one place, each about other sessions; what is said twice is one."""
    found: dict[Key, list[checks.Finding]] = {}
    for finding in findings:
        alike = found.setdefault(_key(finding.check, finding.service_line, finding.evidence), [])
        if all(set(finding.related) != set(each.related) for each in alike):
            alike.append(finding)
    return found


def _same(finding: checks.Finding, alike: Sequence[checks.Finding], rows: Sequence[Finding]) -> Finding | None:
    """The stored row of a finding: the one about the same sessions, else one that none of the others is about."""
    named = {frozenset(each.related) for each in alike}
    free = None
    for row in reversed(rows):
        if set(row.related) == set(finding.related):
            return row
        if free is None and frozenset(row.related) not in named:
            free = row
    return free


def _stays(row: Finding, finding: checks.Finding) -> bool:
    """Whether a stored finding still tells what the check says. What people decided stays as it was told to them."""
    return row.status != FindingState.NEW or bool(telling(row) == telling(finding))


def _standing(sessions: Iterable[str], with_note: bool) -> dict[str, dict[Key, list[Finding]]]:
    """Mostly nothing stands, so the ids alone are asked for first."""
    standing = facts.ids(STANDING_IDS, [facts.array(sessions), list(STANDING)])
    if not standing:
        return {}
    found: dict[str, dict[Key, list[Finding]]] = {}
    for row in Finding.objects.raw(STANDING_ROWS, [facts.array(standing)]):
        if with_note or not row.check_id.startswith(NOTE_CHECKS):
            key = _key(row.check_id, row.service_line, row.evidence)
            found.setdefault(str(row.session_id), {}).setdefault(key, []).append(row)
    return found


def _last_numbers(screenings: list[int]) -> dict[int, int]:
    if not screenings:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(LAST_NUMBERS, [facts.array(map(str, screenings))])
        return dict(cursor.fetchall())


def _clear(cured: list[Finding], now: dt.datetime) -> int:
    """A dismissal or an overturned finding stays whatever the checks say later; the rest is cleared."""
    cleared = 0
    for status in (FindingState.NEW, FindingState.CONFIRMED):
        rows = [row for row in cured if row.status == status]
        cleared += len(move_many(rows, FindingState.CLEARED, SYSTEM, now, updated_at=now))
    return cleared


def _key(check: str, line: int | None, evidence: Mapping[str, object]) -> Key:
    return check, line, json.dumps(evidence, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _row(
    session_id: str, screening: int, number: int, finding: checks.Finding, evidence: str, moment: str
) -> tuple[str | None, ...]:
    return (
        new_id_text(),
        session_id,
        str(screening),
        str(number),
        finding.check,
        str(finding.version),
        finding.title,
        finding.category,
        finding.severity,
        finding.message,
        finding.provider_message,
        evidence,
        None if finding.service_line is None else str(finding.service_line),
        str(finding.amount_at_risk),
        finding.party_if_confirmed,
        finding.suggested_step,
        finding.source.name,
        finding.source.url,
        text_array(finding.request_items),
        text_array(finding.related),
        FindingState.NEW,
        "",
        "",
        moment,
        moment,
    )
