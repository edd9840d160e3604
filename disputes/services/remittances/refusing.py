"""Which payments are not taken over. A payment is taken whole or not at all."""

from __future__ import annotations

from decimal import Decimal

from clawguard.domain.x12.remittance import RemitClaim, Remittance
from clawguard.domain.x12.segments import SegmentProblem

# A count that differs is all the same if every sum of the payment agrees: then nothing of value was lost on the way.
BORNE_BY_BALANCE = frozenset({"count_wrong", "control_number_differs"})
MOST = Decimal("99999999999999.9999")  # what an amount of ours holds
LENGTHS = {"claim_id": 80, "payer_claim_id": 80, "member_id": 80}


def refusals(payment: Remittance) -> list[SegmentProblem]:
    """Why this payment is refused; empty where it is taken."""
    errors = [problem for problem in payment.problems if problem.severity == "error"]
    if not payment.imbalances:
        errors = [problem for problem in errors if problem.code not in BORNE_BY_BALANCE]
    if errors:
        return errors
    return [_problem(payment, position, code, message) for position, code, message in _unfit(payment)]


def _unfit(payment: Remittance) -> list[tuple[int, str, str]]:
    """What can be read and not be kept: amounts that are missing or too large, ids without end."""
    found = []
    if payment.payment.amount is None or abs(payment.payment.amount) > MOST:
        found.append((payment.position, "amount_unfit", "The amount of the payment cannot be kept."))
    if len(payment.payment.trace) > 50:
        found.append((payment.position, "trace_long", "The trace number (TRN02) has more than 50 characters."))
    for claim in payment.claims:
        if not _kept(claim):
            message = "The claim states no amounts, or an id longer than 80 characters; ask the payer to send it again."
            found.append((claim.position, "claim_unfit", message))
    return found


def _kept(claim: RemitClaim) -> bool:
    amounts = [claim.charge, claim.paid, *[value for line in claim.lines for value in (line.charge, line.paid)]]
    short = all(len(getattr(claim, name) or "") <= most for name, most in LENGTHS.items())
    return short and all(amount is not None and abs(amount) <= MOST for amount in amounts)


def _problem(payment: Remittance, position: int, code: str, message: str) -> SegmentProblem:
    return SegmentProblem(payment.interchange, payment.transaction, position, "", code, message)
