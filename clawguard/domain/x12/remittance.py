"""An 835 as plain values, and whether its sums agree.

Balancing follows the 835 guide (005010X221A1, section 1.10.2): line charge − line adjustments = line payment; claim
charge − all adjustments = claim payment; claim payments − provider-level adjustments = amount of the payment.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from clawguard.domain.x12.segments import SegmentProblem

REVERSAL = "22"  # CLP02: reversal of a previous payment
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One group, reason and amount of a CAS; a positive amount lowers the payment."""

    group: str  # CO, PR, OA, PI, CR
    reason: str  # CARC
    amount: Decimal
    quantity: Decimal | None = None
    position: int = 0


@dataclass(frozen=True, slots=True)
class RemitLine:
    """One SVC loop: what was billed and paid for one service."""

    code: str
    modifiers: tuple[str, ...] = ()
    qualifier: str = "HC"
    charge: Decimal | None = None
    paid: Decimal | None = None
    units: Decimal | None = None
    billed_code: str | None = None  # SVC06, where the payer judged another code than was billed
    date: dt.date | None = None
    date_to: dt.date | None = None
    adjustments: tuple[Adjustment, ...] = ()
    remarks: tuple[str, ...] = ()  # RARC from LQ*HE
    control_number: str | None = None  # REF*6R, the line id of the claim
    position: int = 0
    allowed: Decimal | None = None  # AMT*B6: what the payer accepts for the service, before the client's share


@dataclass(frozen=True, slots=True)
class RemitClaim:
    """One CLP loop. The client's name is not read; ``member_id`` identifies the client with the payer."""

    claim_id: str  # CLP01: what the biller sent as CLM01
    status: str  # CLP02
    charge: Decimal | None = None
    paid: Decimal | None = None  # negative in a reversal
    patient_responsibility: Decimal | None = None
    filing: str = ""
    payer_claim_id: str | None = None  # CLP07
    place: str | None = None
    frequency: str | None = None
    member_id: str | None = None
    rendering_npi: str | None = None
    date: dt.date | None = None
    date_to: dt.date | None = None
    received: dt.date | None = None
    adjustments: tuple[Adjustment, ...] = ()
    remarks: tuple[str, ...] = ()  # RARC from MOA and MIA
    references: tuple[tuple[str, str], ...] = ()  # REF qualifier and value
    lines: tuple[RemitLine, ...] = ()
    position: int = 0

    @property
    def is_reversal(self) -> bool:
        return self.status == REVERSAL

    @property
    def adjusted(self) -> Decimal:
        """All adjustments of the claim and of its lines."""
        return sum((a.amount for a in self.adjustments), ZERO) + sum(
            (a.amount for line in self.lines for a in line.adjustments), ZERO
        )


@dataclass(frozen=True, slots=True)
class ProviderAdjustment:
    """One reason of a PLB; a positive amount lowers the payment, a negative one raises it."""

    provider_id: str
    reason: str  # WO, FB, 72, …
    amount: Decimal
    reference: str | None = None
    fiscal_period_end: dt.date | None = None
    position: int = 0


@dataclass(frozen=True, slots=True)
class RemitParty:
    """Payer or payee: organisations, or a provider in person."""

    name: str
    qualifier: str = ""
    id: str = ""
    references: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Payment:
    """BPR and TRN."""

    amount: Decimal | None
    method: str = ""  # ACH, CHK, NON, …
    credit: bool = True
    date: dt.date | None = None
    trace: str = ""  # TRN02: check or transfer number
    originator: str = ""  # TRN03
    handling: str = "I"


@dataclass(frozen=True, slots=True)
class Imbalance:
    """Sums that disagree: ``expected`` follows from the parts, ``stated`` stands in the file."""

    scope: str  # "line" | "claim" | "payment"
    position: int
    expected: Decimal
    stated: Decimal


@dataclass(frozen=True, slots=True)
class Remittance:
    """One 835 transaction."""

    interchange: str
    transaction: str
    payment: Payment
    payer: RemitParty
    payee: RemitParty
    claims: tuple[RemitClaim, ...] = ()
    provider_adjustments: tuple[ProviderAdjustment, ...] = ()
    production_date: dt.date | None = None
    position: int = 0
    problems: tuple[SegmentProblem, ...] = ()
    imbalances: tuple[Imbalance, ...] = field(default=())

    @property
    def reversals(self) -> tuple[RemitClaim, ...]:
        return tuple(claim for claim in self.claims if claim.is_reversal)

    @property
    def readable(self) -> bool:
        """No error in it and every sum agrees: fit to be taken over without a person looking."""
        return not self.imbalances and all(problem.severity != "error" for problem in self.problems)


def imbalances_of(remittance: Remittance) -> tuple[Imbalance, ...]:
    """Every sum of ``remittance`` that disagrees, from the lines up. Unreadable amounts count as nothing stated."""
    found: list[Imbalance] = []
    for claim in remittance.claims:
        for line in claim.lines:
            if line.charge is not None and line.paid is not None:
                expected = line.charge - sum((a.amount for a in line.adjustments), ZERO)
                if expected != line.paid:
                    found.append(Imbalance("line", line.position, expected, line.paid))
        if claim.charge is not None and claim.paid is not None and claim.charge - claim.adjusted != claim.paid:
            found.append(Imbalance("claim", claim.position, claim.charge - claim.adjusted, claim.paid))
    paid = sum((claim.paid for claim in remittance.claims if claim.paid is not None), ZERO)
    expected = paid - sum((entry.amount for entry in remittance.provider_adjustments), ZERO)
    stated = remittance.payment.amount
    if stated is not None and expected != (stated if remittance.payment.credit else -stated):
        found.append(Imbalance("payment", remittance.position, expected, stated))
    return tuple(found)
