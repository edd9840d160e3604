"""What payers paid and took for sessions, across all remittances: rows in order of the payments, and their sums.

A payment whose sums disagree is shown and not counted until a person accepted it. Set-wise: as many statements for a
thousand sessions as for one.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from uuid import UUID

from clawguard.domain.takebacks import Entry, Money, Reason, Step, Why, trace, why
from clawguard.domain.x12.remittance import ZERO
from disputes.models import (
    AccountAdjustment,
    AccountMatch,
    AccountShare,
    ClaimAdjustment,
    ClaimMatch,
    LineMatch,
    Remittance,
    RemittanceClaim,
    RemittanceLine,
)
from disputes.naming import named_by

MOVING = frozenset({Step.REVERSED, Step.RESTORED, Step.WITHHELD, Step.DEFERRED, Step.REFUNDED})


@dataclass(frozen=True, slots=True)
class Row:
    """One claim or provider-level adjustment about a session, with the payment it stands in."""

    payment: Remittance
    entry: Entry
    known_at: dt.datetime  # when we could first know that it is about this session
    number: int
    received_on: dt.date | None = None  # of a claim: when the payer says it had it

    @property
    def order(self) -> tuple[dt.date, dt.datetime, int, bool, int]:
        """By day of the payment, and as they stand in a file; in one payment claims, then its account."""
        return self.payment.day, self.payment.created_at, self.payment.number, not self.entry.is_claim, self.number


class Ledger:
    """The rows of one session."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = _in_order(rows)
        self.counted = [row for row in self.rows if row.payment.usable]

    @cached_property
    def money(self) -> Money:
        return trace(row.entry for row in self.counted)

    @cached_property
    def why(self) -> Why:
        return why([row.entry for row in self.counted])

    def moved_by(self, payment: str) -> bool:
        """Whether this payment (its id) took money of the session or gave some back."""
        steps = zip(self.counted, self.money.steps, strict=True)
        return any(step in MOVING and str(row.payment.pk) == payment for row, step in steps)

    @property
    def received_on(self) -> dt.date | None:
        """The first day on which the payer, in its own words, had a claim for the session."""
        return min((row.received_on for row in self.rows if row.received_on is not None), default=None)

    @property
    def last_taking(self) -> Row | None:
        """The row by which the payer last reached for the money: a reversal, else what was first withheld."""
        steps = list(zip(self.counted, self.money.steps, strict=True))
        turned = [row for row, step in steps if step is Step.REVERSED]
        if turned:
            return max(turned, key=lambda row: row.known_at)
        withheld = [row for row, step in steps if step in (Step.WITHHELD, Step.DEFERRED)]
        return min(withheld, key=lambda row: row.known_at, default=None)


def _in_order(rows: Iterable[Row]) -> list[Row]:
    """Payment by payment. In one payment a reversal comes before what is paid instead, wherever that stands; only a
    claim above it of just that amount, where nothing earlier was paid it, is the one that it undoes."""
    found: list[Row] = []
    for _, group in groupby(sorted(rows, key=lambda row: row.order), key=lambda row: row.payment.pk):
        own = list(group)
        place = next((place for place, row in enumerate(own) if row.entry.turns), 0)
        amount = -own[place].entry.amount
        known = any(row.entry.is_claim and row.entry.amount == amount for row in found)
        undone = None if known else next((row for row in own[:place] if row.entry.amount == amount), None)
        own.sort(key=lambda row: (not row.entry.is_claim, row is not undone, not row.entry.turns))
        found += own
    return found


@dataclass(frozen=True, slots=True)
class Part:
    """What of a claim is about a session: ``lines`` by their numbers, None for the whole claim."""

    session: UUID
    claim: RemittanceClaim
    lines: frozenset[int] | None
    matched_at: dt.datetime | None

    def holds(self, line: int | None) -> bool:
        return self.lines is None or line in self.lines


def ledgers(session_ids: Sequence[UUID]) -> dict[UUID, Ledger]:
    """The ledger of each session that any remittance speaks of."""
    parts = _parts(session_ids)
    keys = {part.claim.pk for part in parts}
    reasons: dict[UUID, list[tuple[int | None, Reason]]] = defaultdict(list)
    lines: dict[UUID, list[tuple[int, Decimal, list[str]]]] = defaultdict(list)
    for row in ClaimAdjustment.objects.filter(claim__in=keys).order_by("number"):
        reasons[row.claim_id].append((row.line, Reason(row.group, row.carc, row.amount)))
    said_of_lines = RemittanceLine.objects.filter(claim__in=keys).order_by("number")
    for key, number, paid, said in said_of_lines.values_list("claim_id", "number", "paid", "remarks"):
        lines[key].append((number, paid, said))
    rows: dict[UUID, list[Row]] = defaultdict(list)
    for part in parts:
        claim = part.claim
        own = [line for line in lines[claim.pk] if part.holds(line[0])]
        because = tuple(reason for line, reason in reasons[claim.pk] if part.holds(line))
        remarks = (*claim.remarks, *(remark for _, _, found in own for remark in found))
        amount = claim.paid if part.lines is None else sum((paid for _, paid, _ in own), ZERO)
        entry = Entry(amount, claim.claim_status, "", because, remarks)
        found = _row(claim.remittance, entry, part.matched_at, claim.number)
        rows[part.session].append(replace(found, received_on=claim.received_on))
    for session, moved in [*_account(parts), *_shared(session_ids)]:
        rows[session].append(moved)
    return {session: Ledger(own) for session, own in rows.items()}


def _parts(session_ids: Sequence[UUID]) -> list[Part]:
    whole = ClaimMatch.objects.filter(session__in=session_ids).select_related("claim__remittance")
    found = [Part(match.session_id, match.claim, None, match.at) for match in whole if match.session_id is not None]
    of_lines: dict[tuple[UUID, UUID], list[LineMatch]] = defaultdict(list)
    for row in LineMatch.objects.filter(session__in=session_ids).select_related("claim__remittance"):
        if row.session_id is not None:
            of_lines[row.session_id, row.claim_id].append(row)
    for (session, _), rows in of_lines.items():
        found.append(Part(session, rows[0].claim, frozenset(row.number for row in rows), rows[0].at))
    return found


def _row(payment: Remittance, entry: Entry, matched_at: dt.datetime | None, number: int) -> Row:
    known = max(at for at in (payment.created_at, payment.accepted_at, matched_at) if at is not None)
    return Row(payment, entry, known, number)


def _account(parts: Iterable[Part]) -> list[tuple[UUID, Row]]:
    """Provider-level adjustments that name a claim of one of these sessions and of no other. What names several is
    about none of them in particular, and what somebody divided is in ``_shared``."""
    whole = [part for part in parts if part.lines is None]
    names = {name for part in whole for name in (part.claim.claim_id, part.claim.payer_claim_id)} - {""}
    if not names:
        return []
    found = AccountAdjustment.objects.filter(names__overlap=list(names)).exclude(match__how__in=AccountMatch.TOLD)
    rows = list(found.select_related("remittance"))
    named, wanted = named_by(rows), {part.session for part in whole}
    return [
        (session, _row(row.remittance, Entry(row.amount, plb=row.reason), None, row.number))
        for row in rows
        if (session := named[row.pk].session) in wanted
    ]


def _shared(session_ids: Sequence[UUID]) -> list[tuple[UUID, Row]]:
    """What somebody said these sessions' parts of takebacks are."""
    shares = AccountShare.objects.filter(session__in=session_ids).exclude(amount=0)
    found = []
    for share in shares.select_related("match__adjustment__remittance"):
        took = share.match.adjustment
        entry = Entry(share.amount, plb=took.reason)
        found.append((share.session_id, _row(took.remittance, entry, share.match.at, took.number)))
    return found
