"""The money of one session across remittances: paid, taken, restored, still open; and why the payer took it.

Signs follow the 835 guide (005010X221A1, sections 1.10.2.8 to 1.10.2.17): the payment of a reversal (CLP02 22) is
negative; a positive PLB amount lowers the payment, a negative one raises it. Nothing here posts anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from clawguard.domain.x12.remittance import REVERSAL, ZERO

WITHHELD = frozenset({"WO", "WU", "RA", "OB", "CS", "J1"})  # PLB: counted with their sign where they name a claim
REFUND, INTEREST, BALANCE = "72", "L6", "FB"
# CARC: contract, the client's share, another payer's part, sequestration. They come with ordinary payments.
ORDINARY = frozenset({"45", "1", "2", "3", "23", "253"})


class Step(StrEnum):
    """What one entry did."""

    PAID = "paid"
    DENIED = "denied"  # judged, nothing paid, nothing taken
    REVERSED = "reversed"
    RESTORED = "restored"
    WITHHELD = "withheld"  # taken out of a payment
    DEFERRED = "deferred"  # put into a payment again: the debt stands and is collected later
    REFUNDED = "refunded"  # the payer acknowledges what it was sent
    INTEREST = "interest"
    CARRIED = "carried"  # a payment below zero: the balance goes to a later one
    APPLIED = "applied"  # the balance of an earlier payment
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Reason:
    group: str
    carc: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim (``status`` is CLP02, ``amount`` its payment) or one provider-level adjustment (``plb``, with sign)."""

    amount: Decimal
    status: str = ""
    plb: str = ""
    reasons: tuple[Reason, ...] = ()
    remarks: tuple[str, ...] = ()  # RARC

    @property
    def is_claim(self) -> bool:
        return not self.plb

    @property
    def turns(self) -> bool:
        """Whether it undoes an earlier claim: a negative payment takes, whatever its status."""
        return self.is_claim and (self.amount < 0 or (self.amount == 0 and self.status == REVERSAL))


@dataclass(slots=True)
class Money:
    """Sums of the entries of one session, US dollars. ``open`` is what was taken or is owed and was not restored."""

    paid: Decimal = ZERO
    reversed: Decimal = ZERO
    restored: Decimal = ZERO
    withheld: Decimal = ZERO  # with sign: below zero a debt that was recorded and not collected yet
    refunded: Decimal = ZERO
    interest: Decimal = ZERO
    steps: list[Step] = field(default_factory=list)

    @property
    def deferred(self) -> Decimal:
        return max(ZERO, -self.withheld)

    @property
    def taken(self) -> Decimal:
        """By lower payments or by a refund; what is deferred is not taken yet."""
        return self.reversed + self.withheld

    @property
    def open(self) -> Decimal:
        return max(ZERO, self.taken + self.deferred - self.restored)

    @property
    def touched(self) -> bool:
        """Whether the payer ever reached for money of this session."""
        return bool({Step.REVERSED, Step.WITHHELD, Step.DEFERRED} & set(self.steps))


def trace(entries: Iterable[Entry]) -> Money:
    """Add up what happened, in order of the payments. A payment after a reversal restores."""
    money, reversed_before = Money(), False
    for entry in entries:
        step = step_of_claim(entry, reversed_before) if entry.is_claim else step_of_plb(entry.plb, entry.amount)
        money.steps.append(step)
        reversed_before = reversed_before or step is Step.REVERSED
        _add(money, step, entry.amount)
    return money


def _add(money: Money, step: Step, amount: Decimal) -> None:
    if step is Step.PAID:
        money.paid += amount
    elif step is Step.REVERSED:
        money.reversed -= amount
    elif step is Step.RESTORED:
        money.restored += amount
    elif step in (Step.WITHHELD, Step.DEFERRED):
        money.withheld += amount
    elif step is Step.REFUNDED:
        money.refunded -= amount
    elif step is Step.INTEREST:
        money.interest -= amount


def step_of_claim(entry: Entry, reversed_before: bool) -> Step:
    """A reversal of a reversal has a positive payment and gives back."""
    if entry.turns:
        return Step.REVERSED
    if entry.amount == 0:
        return Step.DENIED
    return Step.RESTORED if reversed_before or entry.status == REVERSAL else Step.PAID


def step_of_plb(reason: str, amount: Decimal) -> Step:
    """By its sign. What is listed with 0.00 did nothing."""
    if amount == 0:
        return Step.OTHER
    if reason in WITHHELD:
        return Step.WITHHELD if amount > 0 else Step.DEFERRED
    if reason == BALANCE:
        return Step.APPLIED if amount > 0 else Step.CARRIED
    return {REFUND: Step.REFUNDED, INTEREST: Step.INTEREST}.get(reason, Step.OTHER)


@dataclass(frozen=True, slots=True)
class Why:
    """The codes behind the last time the payer reached for the money, each once, in order."""

    group: tuple[str, ...] = ()
    carc: tuple[str, ...] = ()
    rarc: tuple[str, ...] = ()
    plb: tuple[str, ...] = ()


def why(entries: Sequence[Entry]) -> Why:
    """What the last reversal and its correction say that the first payment did not; and the PLB codes that took.

    A reversal repeats the adjustments of the payment it undoes with the sign turned, so those are no reasons; the
    correction that follows says what the payer thinks now.
    """
    claims = [entry for entry in entries if entry.is_claim]
    turned = [place for place, entry in enumerate(claims) if entry.turns]
    plb = [e.plb for e in entries if not e.is_claim and step_of_plb(e.plb, e.amount) in (Step.WITHHELD, Step.DEFERRED)]
    if not turned:
        return Why(plb=_each_once(plb))
    last = turned[-1]
    before = next((claim for claim in reversed(claims[:last]) if claim.status != REVERSAL), None)
    after = next((claim for claim in claims[last + 1 :] if claim.status != REVERSAL), None)
    known = {reason.carc for reason in before.reasons} if before else set(ORDINARY)
    said = [*(after.reasons if after else ()), *claims[last].reasons]
    reasons = [reason for reason in said if reason.carc not in known] or [
        reason for reason in said if reason.carc not in ORDINARY
    ]
    heard = set(before.remarks) if before else set()
    remarks = [*(after.remarks if after else ()), *claims[last].remarks]
    return Why(
        group=_each_once(reason.group for reason in reasons),
        carc=_each_once(reason.carc for reason in reasons),
        rarc=_each_once(remark for remark in remarks if remark not in heard),
        plb=_each_once(plb),
    )


def _each_once(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))
