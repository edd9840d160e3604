"""Payments into rows: each stored once, whatever file it comes in; matched; and told of in the same transaction.

Many are written together, by as many statements as one would need. Each is still taken whole or not at all: what it
says was read and found fit before, and whether it is here already is asked for each of them.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from clawguard.accounts.actors import Actor
from clawguard.domain.x12.remittance import Remittance as Read
from clawguard.domain.x12.segments import SegmentProblem
from clawguard.events.services import publish_many
from disputes.models import ClaimMatch, LineMatch, Remittance
from disputes.services.remittances import matching
from disputes.services.remittances.rows import Rows, copy, rows_of, texts
from disputes.services.remittances.seeking import Sought
from sessions.intake.copying import copy_rows
from sessions.models import ImportBatch

LINES = ("claim_id", "number", "session_id", "at")
MATCHES = ("claim_id", "session_id", "provider_id", "how", "score", "candidates", "tried_at", "by_name", "reason", "at")


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a payment: ``new``, known already, or refused because of ``refused``."""

    read: Read
    new: bool = False
    refused: SegmentProblem | None = None
    unmatched: int = 0


class Standing(dict[str, tuple[UUID, str]]):
    """Payments that are here: by identity the row and the digest."""

    def judge(self, rows: Rows, read: Read) -> Stored:
        """New where nothing of this identity stands, or the row itself."""
        row = rows.payment
        key, digest = self.get(row.identity, (row.pk, row.digest))
        if key == row.pk or digest == row.digest:
            return Stored(read, new=key == row.pk)
        message = "A payment with this payer, trace number and date is here and says something else; ask the payer."
        at = (row.interchange, row.transaction, row.position, "ST", "payment_differs", message)
        return Stored(read, refused=SegmentProblem(*at))


def foresee(reads: Sequence[Read]) -> list[Stored]:
    """What ``store`` would do now; nothing is written."""
    rows = [rows_of(read) for read in reads]
    standing = _standing(rows)
    found = []
    for each, read in zip(rows, reads, strict=True):
        found.append(standing.judge(each, read))
        standing.setdefault(each.payment.identity, (each.payment.pk, each.payment.digest))
    return found


def store(batch: ImportBatch, numbered: Sequence[tuple[int, Read]], actor: Actor, now: dt.datetime) -> list[Stored]:
    """Write payments and everything in them, or find that they are here already. In the caller's transaction.

    ``numbered``: each with its number in the file. The answers stand in the same order.
    """
    rows = [rows_of(read) for _, read in numbered]
    for each, (number, _) in zip(rows, numbered, strict=True):
        each.payment.batch, each.payment.number, each.payment.created_at = batch, number, now
    Remittance.objects.bulk_create([each.payment for each in rows], ignore_conflicts=True)
    standing = _standing(rows)
    stored = [standing.judge(each, read) for each, (_, read) in zip(rows, numbered, strict=True)]
    new = [each for each, answer in zip(rows, stored, strict=True) if answer.new]
    _match(new, now)
    copy(new)
    _copy_matches(new, now)
    _tell(new, actor, now)
    return [
        Stored(answer.read, answer.new, answer.refused, sum(one.waits for one in each.sought) if answer.new else 0)
        for each, answer in zip(rows, stored, strict=True)
    ]


def _standing(rows: Iterable[Rows]) -> Standing:
    identities = [each.payment.identity for each in rows]
    found = Remittance.objects.filter(identity__in=identities).values_list("identity", "pk", "digest")
    return Standing({identity: (key, digest) for identity, key, digest in found})


def _match(new: Sequence[Rows], now: dt.datetime) -> None:
    """Look for the sessions of the claims, before they stand among those that are looked at."""
    by_payer: dict[str, list[Sought]] = defaultdict(list)
    for rows in new:
        by_payer[rows.payment.payer_code] += rows.sought
    for payer, sought in by_payer.items():
        matching.find(sought, payer, now)


def _copy_matches(new: Sequence[Rows], now: dt.datetime) -> None:
    found = [_match_row(each, now) for rows in new for each in rows.sought]
    if found:
        copy_rows(ClaimMatch._meta.db_table, MATCHES, found)
    lines = [
        texts((each.claim, number, session, now))
        for rows in new
        for each in rows.sought
        for number, session in each.of_lines
    ]
    if lines:
        copy_rows(LineMatch._meta.db_table, LINES, lines)


def _match_row(each: Sought, now: dt.datetime) -> list[str | None]:
    session = each.found.session if each.found else None
    candidates = json.dumps(each.candidates)
    return texts((each.claim, session, each.provider, each.how, each.score, candidates, now, each.by_name, "", each.at))


def _tell(new: Sequence[Rows], actor: Actor, now: dt.datetime) -> None:
    told = []
    for rows in new:
        row = rows.payment
        said = {"claims": row.claims_count, "reversals": row.reversals_count, "balances": row.balances}
        told.append((row, said))
    publish_many("remittance.imported", told, actor, now)
