"""Keeping pattern findings in line with the numbers, and what people make of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import SYSTEM, Actor
from clawguard.domain.lifecycles import PatternState
from clawguard.domain.patterns import PATTERNS, pattern_digest
from clawguard.domain.patterns import PatternFinding as Said
from clawguard.events.errors import NotFound, Refused
from clawguard.events.services import move, move_many
from clawguard.events.words import optional
from sessions import policies
from sessions.models import PatternFinding
from sessions.services import tables

LONGEST_REASON = 300
FOLLOWING = ("version", "pack", "first_day", "last_day", "severity", "message", "evidence", "updated_at")


class Found(NamedTuple):
    provider: str
    month: dt.date
    said: Said


def settle(
    found: Sequence[Found], looked_at: Mapping[str, Sequence[dt.date]], now: dt.datetime, *, among_peers: bool
) -> None:
    """``looked_at``: provider to the months that were looked at. What is said there no more is cleared, what is new is
    added, what nobody judged yet follows its numbers, and what was judged stays as it was judged."""
    sort = [info.id for info in PATTERNS.values() if info.among_peers == among_peers]
    standing = _standing(looked_at, sort)
    pack = pattern_digest(tables.current().policies.version)
    new, follow, said = [], [], set()
    for each in found:
        key = (each.provider, each.said.pattern, each.month, each.said.client, each.said.topic)
        said.add(key)
        row = standing.get(key)
        if row is None:
            new.append(_row(each, pack, now))
        elif row.status == PatternState.NEW and row.evidence != each.said.evidence:
            follow.append(_following(row, each.said, pack, now))
    PatternFinding.objects.bulk_create(new)
    PatternFinding.objects.bulk_update(follow, FOLLOWING, batch_size=500)
    gone = [row for key, row in standing.items() if key not in said]
    for status in (PatternState.NEW, PatternState.CONFIRMED):
        rows = [row for row in gone if row.status == status]
        move_many(rows, PatternState.CLEARED, SYSTEM, now, updated_at=now)


def providers_with(month: dt.date, *, among_peers: bool) -> set[str]:
    """Providers of whom something is said in a month, though they may have no sessions left in its window."""
    sort = [info.id for info in PATTERNS.values() if info.among_peers == among_peers]
    rows = PatternFinding.objects.filter(month=month, pattern__in=sort).exclude(status=PatternState.CLEARED)
    return {str(key) for key in rows.values_list("provider_id", flat=True)}


Key = tuple[str, str, dt.date, str, str]


def _standing(looked_at: Mapping[str, Sequence[dt.date]], sort: list[str]) -> dict[Key, PatternFinding]:
    months = {month for each in looked_at.values() for month in each}
    rows = PatternFinding.objects.filter(provider_id__in=list(looked_at), month__in=months, pattern__in=sort)
    found = {}
    for row in rows.exclude(status=PatternState.CLEARED):
        provider = str(row.provider_id)
        if row.month in looked_at[provider]:
            client = str(row.client_id) if row.client_id else ""
            found[provider, row.pattern, row.month, client, row.topic] = row
    return found


def _row(found: Found, pack: str, now: dt.datetime) -> PatternFinding:
    said = found.said
    return PatternFinding(
        pattern=said.pattern,
        version=said.version,
        pack=pack,
        provider_id=found.provider,
        client_id=said.client or None,
        month=found.month,
        topic=said.topic,
        first_day=said.first_day,
        last_day=said.last_day,
        severity=said.severity,
        title=PATTERNS[said.pattern].title,
        message=said.message,
        evidence=said.evidence,
        code=said.code,
        created_at=now,
        updated_at=now,
    )


def _following(row: PatternFinding, said: Said, pack: str, now: dt.datetime) -> PatternFinding:
    row.version, row.pack, row.severity = said.version, pack, said.severity
    row.first_day, row.last_day = said.first_day, said.last_day
    row.message, row.evidence, row.updated_at = said.message, said.evidence, now
    return row


MOVES = {"confirm": PatternState.CONFIRMED, "dismiss": PatternState.DISMISSED, "restore": PatternState.NEW}


@transaction.atomic
def judge_pattern(actor: Actor, finding_id: UUID, deed: str, reason: str, now: dt.datetime) -> PatternFinding:
    """``deed``: confirm, dismiss (with a reason) or restore. Raises NotAllowed, NotFound, Refused, WrongState."""
    policies.require_judgement(actor)
    said = optional(reason, "/reason", LONGEST_REASON)
    if deed == "dismiss" and not said:
        raise Refused("required", "Say what explains the pattern; it is kept beside it.", "/reason")
    finding = PatternFinding.objects.filter(policies.readable(actor), pk=finding_id).first()
    if finding is None:
        raise NotFound
    move(
        finding,
        MOVES[deed],
        actor,
        now,
        decision_reason=said,
        decided_by_name=actor.name,
        decided_at=now,
        updated_at=now,
    )
    return finding
