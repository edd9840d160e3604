"""What remittances and their claims look like in the API: what the file says, and our labels beside its codes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from clawguard.accounts.actors import Actor
from disputes import remittance_words
from disputes.models import AccountAdjustment, ClaimAdjustment, ClaimMatch, Remittance, RemittanceClaim, RemittanceLine
from disputes.selectors import allowances
from disputes.selectors import remittances as selectors
from disputes.selectors.allowances import Allowance
from disputes.selectors.remittances import ClaimParts


def remittance_row(row: Remittance) -> dict[str, Any]:
    accepted = None
    if row.accepted_at is not None:
        accepted = {"at": row.accepted_at, "by": row.accepted_by_name, "reason": row.accepted_reason}
    return {
        "id": row.pk,
        "import": row.batch_id,
        "trace": row.trace,
        "payer": {"id": row.payer_code or None, "name": row.payer_name},
        "payee": row.payee_code or None,
        "paid_on": row.paid_on,
        "produced_on": row.produced_on,
        "number": row.number,
        "segment": row.position,
        "method": row.method or None,
        "method_label": remittance_words.method(row),
        "currency": "USD",
        "amount": amount_text(row.amount),
        "claims_count": row.claims_count,
        "reversals_count": row.reversals_count,
        "balance": {
            "balances": row.balances,
            "claims_paid": amount_text(row.claims_paid),
            "provider_adjustments": amount_text(row.adjusted),
            "expected": amount_text(row.claims_paid - row.adjusted),
            "difference": amount_text(row.difference),
            "imbalances": row.imbalances,
            "accepted": accepted,
        },
        "remarks": row.remarks,
        "created_at": row.created_at,
    }


def remittance_detail(actor: Actor, payment: Remittance, after: int) -> dict[str, Any]:
    """With claims after that number, as far as they are in reach, and the account's adjustments."""
    parts, following = selectors.claims_of(actor, payment, after)
    account = selectors.account_of(actor, payment)
    tied = selectors.tied_to(payment, account)
    allowed = allowances.of_claims(parts)
    return remittance_row(payment) | {
        "claims": [claim_dict(each, allowed.get(each.claim.pk, [])) for each in parts],
        "claims_after": following or None,
        "provider_adjustments": [account_dict(row, tied.get(row.pk, [])) for row in account],
    }


def waiting_row(row: ClaimMatch) -> dict[str, Any]:
    """One claim of the work list; ``candidates`` counts the sessions that may be meant."""
    claim = row.claim
    return {
        "id": claim.pk,
        "remittance": claim.remittance_id,
        "trace": claim.remittance.trace,
        "payer": {"id": claim.remittance.payer_code or None, "name": claim.remittance.payer_name},
        "claim_id": claim.claim_id,
        "payer_claim_id": claim.payer_claim_id or None,
        "first_day": claim.first_day,
        "last_day": claim.last_day,
        "client": claim.client_ref or None,
        "rendering_npi": claim.rendering_npi or None,
        "charge": amount_text(claim.charge),
        "paid": amount_text(claim.paid),
        "candidates": len(row.candidates),
        "tried_at": row.tried_at,
    }


def claim_detail(actor: Actor, claim: RemittanceClaim) -> dict[str, Any]:
    """A claim as its payment shows it, with the sessions that may be meant, the likeliest first."""
    [parts] = selectors.parts_of([claim])
    payment = claim.remittance
    candidates = [
        {
            "session": session.pk,
            "external_id": session.external_id,
            "date_of_service": session.date_of_service,
            "codes": session.codes,
            "provider": {"npi": session.provider.npi, "name": session.provider.name},
            "score": score,
        }
        for session, score in selectors.candidates_of(actor, claim.match)
    ]
    about = {
        "remittance": payment.pk,
        "trace": payment.trace,
        "payer": {"id": payment.payer_code or None, "name": payment.payer_name},
        "paid_on": payment.paid_on,
        "currency": "USD",
    }
    allowed = allowances.of_claims([parts]).get(claim.pk, [])
    return about | claim_dict(parts, allowed) | {"candidates": candidates}


def claim_dict(parts: ClaimParts, allowed: Sequence[Allowance]) -> dict[str, Any]:
    """``allowed``: by session what the payer allowed beside the contracted rate, where both are known."""
    row = parts.claim
    return {
        "id": row.pk,
        "number": row.number,
        "segment": row.position,
        "claim_id": row.claim_id,
        "payer_claim_id": row.payer_claim_id or None,
        "status": row.claim_status,
        "status_label": remittance_words.claim_status(row.claim_status),
        "client": row.client_ref or None,
        "charge": amount_text(row.charge),
        "paid": amount_text(row.paid),
        "patient_responsibility": amount_text(row.patient_responsibility),
        "first_day": row.first_day,
        "last_day": row.last_day,
        "rendering_npi": row.rendering_npi or None,
        "remarks": row.remarks,
        "adjustments": [adjustment_dict(each) for each in parts.adjustments],
        "lines": [line_dict(line, found) | {"session": _session_of(parts, line)} for line, found in parts.lines],
        "allowed": [allowance_dict(each) for each in allowed],
        "session": row.match.session_id,
        "matched_by": row.match.how or None,
        "score": row.match.score,
        "match": match_dict(row.match),
    }


def allowance_dict(each: Allowance) -> dict[str, Any]:
    """``difference`` is above zero where the payer allowed more than the contract says."""
    return {
        "session": each.session.pk,
        "allowed": amount_text(each.allowed),
        "contracted_rate": amount_text(each.rate),
        "difference": amount_text(each.difference),
    }


def _session_of(parts: ClaimParts, line: RemittanceLine) -> UUID | None:
    """The claim's own, or the line's where the lines of a claim are about several."""
    own = parts.sessions.get(line.number)
    return own.pk if own is not None else parts.claim.match.session_id


def line_dict(line: RemittanceLine, adjustments: list[ClaimAdjustment]) -> dict[str, Any]:
    return {
        "segment": line.position,
        "first_day": line.first_day,
        "last_day": line.last_day,
        "code": line.code,
        "billed_code": line.billed_code or None,
        "modifiers": line.modifiers,
        "charge": amount_text(line.charge),
        "paid": amount_text(line.paid),
        "allowed": amount_text(line.allowed),
        "units": amount_text(line.units),
        "line_id": line.line_ref or None,
        "remarks": line.remarks,
        "adjustments": [adjustment_dict(each) for each in adjustments],
    }


def match_dict(row: ClaimMatch) -> dict[str, Any]:
    """How the session is known, or that the claim waits; by whom and why where somebody said so."""
    return {
        "session_external_id": row.session.external_id if row.session else None,
        "label": remittance_words.HOW[row.how],
        "waits": row.waits,
        "by": row.by_name or None,
        "at": row.at,
        "reason": row.reason or None,
    }


def adjustment_dict(row: ClaimAdjustment) -> dict[str, Any]:
    amounts = {"amount": amount_text(row.amount), "quantity": amount_text(row.quantity)}
    return {"group": row.group, "carc": row.carc, "label": remittance_words.reason_label(row), **amounts}


def account_dict(row: AccountAdjustment, others: list[AccountAdjustment]) -> dict[str, Any]:
    """``elsewhere``: adjustments of other payments about the same matter, such as where a balance was applied."""
    label, did = remittance_words.account(row)
    return {
        "reason": row.reason,
        "label": label,
        "effect": did,
        "elsewhere": [
            {"remittance": each.remittance_id, "trace": each.remittance.trace, "amount": amount_text(each.amount)}
            for each in others
        ],
        "amount": amount_text(row.amount),
        "reference": row.reference or None,
        "provider": row.provider_code or None,
        "period_end": row.period_end,
        "segment": row.position,
    }


def amount_text(amount: Decimal | None) -> str | None:
    """With cents; more places only where the payer sent them."""
    if amount is None:
        return None
    exact = amount.normalize()
    places = exact.as_tuple().exponent
    return f"{exact:f}" if isinstance(places, int) and places < -2 else f"{amount:.2f}"
