"""What payers paid and took for sessions, across all remittances: rows in order of the payments, and their sums.

A payment whose sums disagree is shown and not counted until a person accepted it. Set-wise: as many statements for a
thousand sessions as for one.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from clawguard.domain.takebacks import Entry, Money, Reason, Step, Why, trace, why
from disputes.models import AccountAdjustment, ClaimAdjustment, ClaimMatch, Remittance, RemittanceLine

MOVING = frozenset({Step.REVERSED, Step.RESTORED, Step.WITHHELD, Step.DEFERRED, Step.REFUNDED})


@dataclass(frozen=True, slots=True)
class Row:
    """One claim or provider-level adjustment about a session, with the payment it stands in."""

    payment: Remittance
    entry: Entry
    known_at: dt.datetime  # when we could first know that it is about this session
    number: int

    @property
    def order(self) -> tuple[dt.date, dt.datetime, bool, int]:
        """By day of the payment; in one payment claims as they stand, then its account."""
        day = self.payment.paid_on or self.payment.created_at.date()
        return day, self.payment.created_at, not self.entry.is_claim, self.number


class Ledger:
    """The rows of one session."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = sorted(rows, key=lambda row: row.order)
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
    def last_taking(self) -> Row | None:
        """The row by which the payer last reached for the money: a reversal, else what was first withheld."""
        steps = list(zip(self.counted, self.money.steps, strict=True))
        turned = [row for row, step in steps if step is Step.REVERSED]
        if turned:
            return max(turned, key=lambda row: row.known_at)
        withheld = [row for row, step in steps if step in (Step.WITHHELD, Step.DEFERRED)]
        return min(withheld, key=lambda row: row.known_at, default=None)


def ledgers(session_ids: Sequence[UUID]) -> dict[UUID, Ledger]:
    """The ledger of each session that any remittance speaks of."""
    found = ClaimMatch.objects.filter(session__in=session_ids).select_related("claim__remittance")
    matches = [(match.session_id, match) for match in found if match.session_id is not None]
    keys = [match.claim_id for _, match in matches]
    reasons: dict[UUID, list[Reason]] = defaultdict(list)
    remarks: dict[UUID, list[str]] = defaultdict(list)
    for row in ClaimAdjustment.objects.filter(claim__in=keys).order_by("number"):
        reasons[row.claim_id].append(Reason(row.group, row.carc, row.amount))
    for claim_id, said in (
        RemittanceLine.objects.filter(claim__in=keys).order_by("number").values_list("claim_id", "remarks")
    ):
        remarks[claim_id] += said
    rows: dict[UUID, list[Row]] = defaultdict(list)
    for session, match in matches:
        claim = match.claim
        entry = Entry(
            claim.paid, claim.claim_status, "", tuple(reasons[claim.pk]), (*claim.remarks, *remarks[claim.pk])
        )
        rows[session].append(_row(claim.remittance, entry, match.at, claim.number))
    for session, adjustment in _account(matches):
        entry = Entry(adjustment.amount, plb=adjustment.reason)
        rows[session].append(_row(adjustment.remittance, entry, None, adjustment.number))
    return {session: Ledger(own) for session, own in rows.items()}


def _row(payment: Remittance, entry: Entry, matched_at: dt.datetime | None, number: int) -> Row:
    known = max(at for at in (payment.created_at, payment.accepted_at, matched_at) if at is not None)
    return Row(payment, entry, known, number)


def _account(matches: Iterable[tuple[UUID, ClaimMatch]]) -> list[tuple[UUID, AccountAdjustment]]:
    """Provider-level adjustments that name a claim of these sessions, each once per session."""
    sessions: dict[tuple[str, str], set[UUID]] = defaultdict(set)
    for session, match in matches:
        payer = match.claim.remittance.payer_code
        for name in {match.claim.claim_id, match.claim.payer_claim_id} - {""}:
            sessions[payer, name].add(session)
    names = list({name for _, name in sessions})
    if not names:
        return []
    rows = AccountAdjustment.objects.filter(names__overlap=names).select_related("remittance")
    return [
        (session, row)
        for row in rows
        for session in set().union(*(sessions.get((row.remittance.payer_code, name), set()) for name in row.names))
    ]
