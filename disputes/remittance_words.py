"""What payments, claims and adjustments of a remittance are called on pages: plain words, and what each sign means."""

from __future__ import annotations

from decimal import Decimal

from clawguard.domain.remit_codes import REMIT_CODES, CodeSet
from clawguard.domain.takebacks import Step, step_of_plb
from clawguard.ui import words
from disputes.models import AccountAdjustment, ClaimAdjustment, Remittance
from disputes.selectors.allowances import Allowance
from sessions.reports.remittance_files import STATUS_WORDS

METHODS = {"ACH": "transfer (ACH)", "CHK": "check", "NON": "no payment", "FWT": "wire", "BOP": "by the payer's bank"}
STEPS = {
    Step.PAID: "paid",
    Step.DENIED: "nothing paid",
    Step.REVERSED: "taken back",
    Step.RESTORED: "paid again",
    Step.WITHHELD: "taken out of the payment",
    Step.DEFERRED: "debt recorded, to be collected later",
    Step.REFUNDED: "refund acknowledged",
    Step.INTEREST: "interest",
    Step.CARRIED: "carried forward to a later payment",
    Step.APPLIED: "balance of an earlier payment applied",
    Step.OTHER: "adjusts the account",
}
HOW = {
    "remembered": "as was said before",
    "claim_id": "by the claim id",
    "payer_claim_id": "by the payer's number of an earlier claim",
    "line_ref": "by the id of a service line",
    "likeness": "by client, provider, day, code and charge",
    "lines": "by the days of its service lines",
    "person": "by a person",
    "program": "by a program",
    "set_aside": "set aside",
    "": "waits for people",
}

TAKEBACK_HOW = {
    "name": "found by the claim it names",
    "person": "divided by a person",
    "program": "divided by a program",
    "set_aside": "set aside",
    "": "waits for people",
}


def claim_status(code: str) -> str:
    return STATUS_WORDS.get(code, f"status {code}")


def method(payment: Remittance) -> str:
    return METHODS.get(payment.method, payment.method or "not stated")


def balance(payment: Remittance) -> str:
    """``balances``, ``does not balance by $10.00``, ``accepted with a difference of $10.00``."""
    if payment.balances:
        return "balances"
    amount = f"${abs(payment.difference):,.2f}"
    if payment.accepted_at is not None:
        return f"accepted, {amount} apart" if payment.difference else "accepted, a claim's sums disagree"
    return f"does not balance, {amount} apart" if payment.difference else "a claim's sums disagree"


def reason(row: ClaimAdjustment) -> str:
    """``CO-45 Above fee schedule``: group, code and our own label."""
    return f"{row.group}-{row.carc} {reason_label(row)}"


def reason_label(row: ClaimAdjustment) -> str:
    return REMIT_CODES.read(CodeSet.CARC, row.carc).label


def account(row: AccountAdjustment) -> tuple[str, str]:
    """Our label of a PLB reason, and what it did here."""
    label = REMIT_CODES.read(CodeSet.PLB, row.reason).label
    step = step_of_plb(row.reason, row.amount)
    if step is Step.OTHER:
        return label, f"{label}; {effect(row.amount)}"
    if step in (Step.REFUNDED, Step.INTEREST):
        return label, f"{STEPS[step]}; {effect(row.amount)}"
    return label, STEPS[step]


def allowance(each: Allowance) -> str:
    """What the payer allowed beside the contracted rate, and which way they differ; empty where they agree."""
    if not each.difference:
        return ""
    side = "above" if each.difference > 0 else "below"
    day, apart = words.day(each.session.date_of_service, year=True), words.money(abs(each.difference))
    contract = f"the contracted rate of {words.money(each.rate)} on {day}"
    return f"The payer allowed {words.money(each.allowed)}, {apart} {side} {contract}"


def effect(amount: Decimal) -> str:
    return "lowers the payment" if amount > 0 else "raises the payment" if amount < 0 else "changes nothing"
