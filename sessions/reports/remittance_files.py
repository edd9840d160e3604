"""What an 835 says: payments, claims, adjustments, takebacks, and sums that disagree. Nothing is posted."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from clawguard.domain.x12.remittance import Adjustment, Imbalance, RemitClaim, Remittance
from clawguard.domain.x12.segments import SegmentProblem

STATUS_WORDS = {
    "1": "processed as primary",
    "2": "processed as secondary",
    "3": "processed as tertiary",
    "4": "denied",
    "19": "processed as primary, forwarded",
    "20": "processed as secondary, forwarded",
    "21": "processed as tertiary, forwarded",
    "22": "reversal of an earlier payment",
    "23": "not our claim, forwarded",
    "25": "predetermination",
}
Items = list[Remittance | SegmentProblem]


def unreadable(items: Items) -> bool:
    """Whether something could not be read, or nothing was there."""
    problems = [problem for item in items for problem in _problems(item)]
    nothing = not any(isinstance(item, Remittance) for item in items)
    return nothing or any(problem.severity == "error" for problem in problems)


def off_balance(items: Items) -> bool:
    return any(isinstance(item, Remittance) and item.imbalances for item in items)


def _problems(item: Remittance | SegmentProblem) -> tuple[SegmentProblem, ...]:
    return item.problems if isinstance(item, Remittance) else (item,)


def as_text(items: Items, name: str) -> Iterator[str]:
    remittances = [item for item in items if isinstance(item, Remittance)]
    claims = sum(len(item.claims) for item in remittances)
    yield f"{name}: X12 835 remittance, {len(remittances)} payments for {claims} claims"
    for item in items:
        if isinstance(item, Remittance):
            yield from _remittance(item)
        for problem in _problems(item):
            segment = f" ({problem.segment_id})" if problem.segment_id else ""
            yield f"{name}:segment {problem.position}{segment}: {problem.severity} {problem.code}: {problem.message}"
        if isinstance(item, Remittance):
            yield from (f"{name}:segment {wrong.position}: {_imbalance(wrong)}" for wrong in item.imbalances)


def _remittance(item: Remittance) -> Iterator[str]:
    paid = item.payment
    on = f" on {paid.date.isoformat()}" if paid.date else ""
    yield f"  payment {_money(paid.amount)} ({paid.method or 'method not stated'}, trace {paid.trace or 'none'}){on}"
    yield f"  from {item.payer.name or 'payer not named'} to {item.payee.name or 'payee not named'}"
    for claim in item.claims:
        yield from _claim(claim)
    for entry in item.provider_adjustments:
        yield f"    provider-level {entry.reason} {_money(entry.amount)} {entry.reference or ''}".rstrip()
    if not item.imbalances:
        yield "    the sums agree"


def _claim(claim: RemitClaim) -> Iterator[str]:
    word = STATUS_WORDS.get(claim.status, "status not known")
    sums = f"charged {_money(claim.charge)}, paid {_money(claim.paid)}"
    yield f"    claim {claim.claim_id}: {claim.status} {word}; {sums}"
    yield from (f"      {_adjustment(adjustment)}" for adjustment in claim.adjustments)
    for line in claim.lines:
        code = ":".join((line.code, *line.modifiers))
        yield f"      {code}: charged {_money(line.charge)}, paid {_money(line.paid)}"
        yield from (f"        {_adjustment(adjustment)}" for adjustment in line.adjustments)
        if line.remarks:
            yield f"        remarks {', '.join(line.remarks)}"


def _adjustment(adjustment: Adjustment) -> str:
    return f"{adjustment.group}-{adjustment.reason} {_money(adjustment.amount)}"


def _imbalance(wrong: Imbalance) -> str:
    return (
        f"warning imbalance: the {wrong.scope} states {_money(wrong.stated)}, its parts make {_money(wrong.expected)}"
    )


def _money(amount: Decimal | None) -> str:
    return "not readable" if amount is None else f"${amount:,.2f}"


def as_json(items: Items, name: str) -> dict[str, Any]:
    remittances = [item for item in items if isinstance(item, Remittance)]
    return {
        "file": name,
        "kind": "x12_835",
        "read": {"payments": len(remittances), "claims": sum(len(item.claims) for item in remittances)},
        "remittances": [_remittance_dict(item) for item in remittances],
        "problems": [_problem_dict(problem) for item in items for problem in _problems(item)],
    }


def _problem_dict(problem: SegmentProblem) -> dict[str, Any]:
    return {
        "row": problem.position,
        "segment": problem.segment_id,
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message,
    }


def _remittance_dict(item: Remittance) -> dict[str, Any]:
    paid = item.payment
    return {
        "amount": _text(paid.amount),
        "method": paid.method,
        "trace": paid.trace,
        "date": paid.date.isoformat() if paid.date else None,
        "payer": item.payer.name,
        "payee": item.payee.name,
        "balanced": not item.imbalances,
        "imbalances": [
            {"scope": w.scope, "row": w.position, "expected": str(w.expected), "stated": str(w.stated)}
            for w in item.imbalances
        ],
        "claims": [_claim_dict(claim) for claim in item.claims],
        "provider_adjustments": [
            {"reason": entry.reason, "amount": str(entry.amount), "reference": entry.reference}
            for entry in item.provider_adjustments
        ],
    }


def _claim_dict(claim: RemitClaim) -> dict[str, Any]:
    return {
        "claim_id": claim.claim_id,
        "status": claim.status,
        "reversal": claim.is_reversal,
        "charge": _text(claim.charge),
        "paid": _text(claim.paid),
        "adjustments": [_adjustment_dict(adjustment) for adjustment in claim.adjustments],
        "remarks": list(claim.remarks),
        "lines": [
            {
                "code": line.code,
                "modifiers": list(line.modifiers),
                "charge": _text(line.charge),
                "paid": _text(line.paid),
                "adjustments": [_adjustment_dict(adjustment) for adjustment in line.adjustments],
                "remarks": list(line.remarks),
            }
            for line in claim.lines
        ],
    }


def _adjustment_dict(adjustment: Adjustment) -> dict[str, Any]:
    return {"group": adjustment.group, "reason": adjustment.reason, "amount": str(adjustment.amount)}


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)
