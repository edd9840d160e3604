"""What the invented payers say in their 835s: weekly payments, takebacks with a reason, and what accounts do with them.

Every sum agrees, but for one payment that is told to be wrong. What is special stands in ``SPECIAL``, by payer, week.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import groupby
from typing import Any

from clawguard.demo.people import PAYERS
from clawguard.demo.sessions import Body, Network, submitted_at
from clawguard.domain.x12.remittance import (
    REVERSAL,
    ZERO,
    Adjustment,
    Payment,
    ProviderAdjustment,
    RemitClaim,
    RemitLine,
    RemitParty,
    Remittance,
)

PAID_AFTER = dt.timedelta(days=14)
TAKEN_BACK_SHARE = 0.03
TAKEBACK_REASONS = ("16", "97", "29", "197", "27")  # CARC
PAYEE = RemitParty("INVENTED NETWORK", "XX", "1999999984")
CENT = Decimal("0.01")


@dataclass(slots=True)
class Account:
    """What a payer keeps in mind from one payment to the next."""

    party: RemitParty
    rng: random.Random
    taken: list[Body] = field(default_factory=list)  # to be reversed in the next payment
    forwarded: tuple[Decimal, str] | None = None  # a balance below zero, and the payment it comes from
    owed: tuple[Decimal, str] | None = None  # a debt recorded, and the claim it is about
    late: list[RemitClaim] = field(default_factory=list)  # paid with the next payment
    claims: list[RemitClaim] = field(default_factory=list)
    entries: list[ProviderAdjustment] = field(default_factory=list)

    def book(self, reason: str, amount: Decimal, reference: str, on: dt.date) -> None:
        self.entries.append(ProviderAdjustment(PAYEE.id, reason, amount, reference, dt.date(on.year, 12, 31)))


def remittances(network: Network) -> list[Remittance]:
    """One payment per payer and week, two weeks after the sessions, in order of their days."""
    rng = random.Random(len(network.sessions))
    found: list[Remittance] = []
    for payer in PAYERS:
        own = [body for body in network.sessions if body["payer"]["id"] == payer.id]
        found += _of_payer(Account(RemitParty(payer.name.upper(), "XV", payer.id), rng), own)
    return sorted(found, key=lambda each: (each.payment.date or dt.date.min, each.payment.trace))


def _of_payer(account: Account, own: list[Body]) -> Iterator[Remittance]:
    for number, (week, bodies) in enumerate(groupby(own, _week), 1):
        batch = list(bodies)
        trace = f"{account.party.id}-{week}-{number:03d}"
        on = (submitted_at(batch[-1]) + PAID_AFTER).date()
        account.claims, account.late, account.entries = account.late, [], []
        for body in account.taken:
            account.claims += _taken_back(body, account.rng)
        account.claims += [_paid(body) for body in batch]
        special = SPECIAL.get((account.party.id, number))
        if special is not None:
            special(account, batch, on)
        account.taken = [body for body in batch if account.rng.random() < TAKEN_BACK_SHARE]
        payment = _payment(account, trace, on)
        yield _wrong(payment) if (account.party.id, number) == WRONG_BALANCE else payment


def _week(body: Body) -> str:
    year, week, _ = (submitted_at(body) + PAID_AFTER).isocalendar()
    return f"{year}{week:02d}"


def _payment(account: Account, trace: str, on: dt.date) -> Remittance:
    """Where more is taken than paid, the rest is carried forward (FB below zero) and the next payment applies it."""
    if account.forwarded is not None:
        amount, reference = account.forwarded
        account.book("FB", amount, reference, on)
        account.forwarded = None
    paid = sum((claim.paid or ZERO for claim in account.claims), ZERO)
    total = paid - sum((entry.amount for entry in account.entries), ZERO)
    if total < 0:
        account.book("FB", total, trace, on)
        account.forwarded, total = (-total, trace), ZERO
    payment = Payment(total, "ACH" if total else "NON", True, on, trace, "1999999999")
    entries = tuple(account.entries)
    return Remittance(
        "000000001", trace[-4:], payment, account.party, PAYEE, tuple(account.claims), entries, on
    )  # fmt: skip


def _wrong(payment: Remittance) -> Remittance:
    """Ten dollars short of what its parts make, as happens."""
    short = (payment.payment.amount or ZERO) - 10
    return replace(payment, payment=replace(payment.payment, amount=short))


def _puts_a_debt_off(account: Account, batch: list[Body], on: dt.date) -> None:
    """The claim is reversed, and the payment raised again by the same amount: the debt is collected later."""
    reversal = _reversal(batch[0], account.rng)
    account.claims.append(reversal)
    account.owed = (-(reversal.paid or ZERO), reversal.payer_claim_id or "")
    account.book("WO", -account.owed[0], account.owed[1], on)


def _collects_it(account: Account, batch: list[Body], on: dt.date) -> None:
    if account.owed is not None:
        account.book("WO", *account.owed, on)
        account.owed = None


def _acknowledges_a_refund(account: Account, batch: list[Body], on: dt.date) -> None:
    reversal = _reversal(batch[0], account.rng)
    account.claims.append(reversal)
    account.book("72", reversal.paid or ZERO, reversal.payer_claim_id or "", on)


def _pays_interest(account: Account, batch: list[Body], on: dt.date) -> None:
    account.book("L6", Decimal("-3.18"), f"P{batch[0]['external_id'].replace('-', '')}", on)


def _only_takes(account: Account, batch: list[Body], on: dt.date) -> None:
    """A week in which nothing but takebacks comes, so that a balance goes to the next payment."""
    account.claims = [_reversal(body, account.rng) for body in account.taken or batch[:1]]
    account.late = [_paid(body) for body in batch]


def _loses_numbers(account: Account, batch: list[Body], on: dt.date) -> None:
    """Two claims come without the numbers they were sent with, and one is about nobody of the network."""
    *kept, first, second = account.claims
    unknown = _paid({**batch[0], "external_id": "ELSEWHERE-7"})
    stranger = replace(unknown, member_id="M-7", rendering_npi=None)
    changed = replace(first, claim_id="RESENT-1", payer_claim_id=f"R{on:%Y%m%d}")  # found by likeness
    bare = replace(second, claim_id="RESENT-2", payer_claim_id=f"R{on:%Y%m%d}X", member_id=None)
    account.claims = [*kept, changed, bare, stranger]


Special = Callable[[Account, list[Body], dt.date], None]
SPECIAL: dict[tuple[str, int], Special] = {
    ("90001", 6): _pays_interest,
    ("90001", 9): _puts_a_debt_off,
    ("90001", 12): _collects_it,
    ("90002", 8): _acknowledges_a_refund,
    ("90003", 10): _only_takes,
    ("90004", 7): _loses_numbers,
}
WRONG_BALANCE = ("90002", 11)


def _claim(body: Body, status: str, sign: int, line_adjustments: list[list[Adjustment]]) -> RemitClaim:
    on = dt.date.fromisoformat(body["date_of_service"])
    lines = []
    for line, adjustments in zip(body["service_lines"], line_adjustments, strict=True):
        charge = sign * Decimal(line["charge"])
        paid = charge - sum((entry.amount for entry in adjustments), ZERO)
        lines.append(
            RemitLine(
                line["code"], tuple(line["modifiers"]), "HC", charge, paid, Decimal(line["units"]), date=on,
                adjustments=tuple(adjustments),
            )
        )  # fmt: skip
    return RemitClaim(
        claim_id=body["external_id"],
        status=status,
        charge=sum((line.charge or ZERO for line in lines), ZERO),
        paid=sum((line.paid or ZERO for line in lines), ZERO),
        patient_responsibility=ZERO,
        filing="12",
        payer_claim_id=f"P{body['external_id'].replace('-', '')}",
        member_id=body["client"]["external_id"],
        rendering_npi=body["provider"]["npi"],
        date=on,
        lines=tuple(lines),
    )


def _contracted(line: dict[str, Any], sign: int) -> list[Adjustment]:
    """The contract's difference between charge and rate (CARC 45): a fifth of the charge."""
    return [Adjustment("CO", "45", sign * (Decimal(line["charge"]) / 5).quantize(CENT))]


def _paid(body: Body) -> RemitClaim:
    return _claim(body, "1", 1, [_contracted(line, 1) for line in body["service_lines"]])


def _reversal(body: Body, rng: random.Random) -> RemitClaim:
    """The earlier claim turned round; why it is taken back stands on its first line."""
    reason = rng.choice(TAKEBACK_REASONS)
    adjustments = [_contracted(line, -1) for line in body["service_lines"]]
    adjustments[0] = [Adjustment("CO", reason, entry.amount) for entry in adjustments[0]]
    return _claim(body, REVERSAL, -1, adjustments)


def _taken_back(body: Body, rng: random.Random) -> list[RemitClaim]:
    """A reversal; every third is followed by a correction that pays half, and says why."""
    if rng.random() > 1 / 3:
        return [_reversal(body, rng)]
    turned = _claim(body, REVERSAL, -1, [_contracted(line, -1) for line in body["service_lines"]])
    halves = [
        [*_contracted(line, 1), Adjustment("CO", "97", (Decimal(line["charge"]) * 2 / 5).quantize(CENT))]
        for line in body["service_lines"]
    ]
    return [turned, _claim(body, "1", 1, halves)]
