"""/remittances: what payers' 835 files said, each payment with its claims, adjustments and balance."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access.api import ApiView, cursor_page, query
from clawguard.access.schema import documented, listing
from disputes import policies
from disputes.models import AccountAdjustment, ClaimAdjustment, Remittance
from disputes.selectors import remittances as selectors
from disputes.selectors.remittances import ClaimParts

REMITTANCE = {"type": "object", "description": "One payment: payer, trace, amounts, balance, claims and adjustments."}
FILTERS: dict[str, Any] = {
    "trace": str,
    "payer": str,
    "import": UUID,
    "balances": bool,
    "paid_from": dt.date,
    "paid_to": dt.date,
    "updated_since": dt.datetime,
}
LOOKUPS = {
    "trace": "trace",
    "payer": "payer_code",
    "import": "batch_id",
    "paid_from": "paid_on__gte",
    "paid_to": "paid_on__lte",
    "updated_since": "created_at__gte",
}


class Remittances(ApiView):
    @documented(
        "List remittances",
        answer=listing(REMITTANCE),
        scope=policies.REMITTANCES,
        query=dict.fromkeys(FILTERS, ""),
    )
    def get(self, request: Request) -> Response:
        asked = query(request, FILTERS)
        wanted = {LOOKUPS[name]: value for name, value in asked.items() if name in LOOKUPS}
        rows = selectors.visible_remittances(self.actor).filter(**wanted)
        if "balances" in asked:
            rows = rows.filter(imbalances=[]) if asked["balances"] else rows.exclude(imbalances=[])
        return cursor_page(request, rows, remittance_row, order=("-created_at", "-id"))


class RemittanceDetail(ApiView):
    @documented(
        "One remittance",
        about="Holds 200 claims at once; `claims_after` of the answer, sent as a parameter, gives the next ones.",
        answer=REMITTANCE,
        scope=policies.REMITTANCES,
        query={"claims_after": "the number after which claims are given"},
    )
    def get(self, request: Request, remittance_id: UUID) -> Response:
        after = query(request, {"claims_after": int}, page=False).get("claims_after", 0)
        payment = selectors.get_remittance(self.actor, remittance_id)
        parts, following = selectors.claims_of(self.actor, payment, after)
        account = selectors.account_of(self.actor, payment)
        body = remittance_row(payment) | {
            "claims": [claim_dict(each) for each in parts],
            "claims_after": following or None,
            "provider_adjustments": [account_dict(row) for row in account],
        }
        return Response(body)


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
        "method": row.method or None,
        "currency": "USD",
        "amount": _text(row.amount),
        "claims_count": row.claims_count,
        "reversals_count": row.reversals_count,
        "balance": {
            "balances": row.balances,
            "claims_paid": _text(row.claims_paid),
            "provider_adjustments": _text(row.adjusted),
            "difference": _text(row.difference),
            "imbalances": row.imbalances,
            "accepted": accepted,
        },
        "remarks": row.remarks,
        "created_at": row.created_at,
    }


def claim_dict(parts: ClaimParts) -> dict[str, Any]:
    row = parts.claim
    return {
        "id": row.pk,
        "number": row.number,
        "segment": row.position,
        "claim_id": row.claim_id,
        "payer_claim_id": row.payer_claim_id or None,
        "status": row.claim_status,
        "charge": _text(row.charge),
        "paid": _text(row.paid),
        "patient_responsibility": _text(row.patient_responsibility),
        "first_day": row.first_day,
        "last_day": row.last_day,
        "rendering_npi": row.rendering_npi or None,
        "remarks": row.remarks,
        "adjustments": [adjustment_dict(each) for each in parts.adjustments],
        "lines": [
            {
                "code": line.code,
                "billed_code": line.billed_code or None,
                "modifiers": line.modifiers,
                "charge": _text(line.charge),
                "paid": _text(line.paid),
                "units": _text(line.units),
                "line_id": line.line_ref or None,
                "remarks": line.remarks,
                "adjustments": [adjustment_dict(each) for each in found],
            }
            for line, found in parts.lines
        ],
        "session": row.match.session_id,
        "matched_by": row.match.how or None,
        "score": row.match.score,
    }


def adjustment_dict(row: ClaimAdjustment) -> dict[str, Any]:
    amounts = {"amount": _text(row.amount), "quantity": _text(row.quantity)}
    return {"group": row.group, "carc": row.carc, **amounts}


def account_dict(row: AccountAdjustment) -> dict[str, Any]:
    return {
        "reason": row.reason,
        "amount": _text(row.amount),
        "reference": row.reference or None,
        "provider": row.provider_code or None,
        "period_end": row.period_end,
        "segment": row.position,
    }


def _text(amount: Decimal | None) -> str | None:
    """With cents; more places only where the payer sent them."""
    if amount is None:
        return None
    exact = amount.normalize()
    places = exact.as_tuple().exponent
    return f"{exact:f}" if isinstance(places, int) and places < -2 else f"{amount:.2f}"
