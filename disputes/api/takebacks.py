"""/remittances/takebacks: what payers withhold naming no claim of one session, and what is said of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access import bodies
from clawguard.access.api import ApiView, cursor_page, idempotent, query
from clawguard.access.schema import documented, listing
from clawguard.accounts.actors import Actor
from disputes import policies, remittance_words
from disputes.api.remittance_shapes import amount_text
from disputes.api.remittances import REASON
from disputes.models import AccountMatch
from disputes.selectors import takebacks as selectors
from disputes.services import remittances as services

TAKEBACK = {"type": "object", "description": "One adjustment of a payment's account, and the sessions it is about."}
FILTERS: dict[str, Any] = {"payer": str}
FILTER_WORDS = {"payer": "id of the payer"}
SHARES = {
    "type": "array",
    "items": {"type": "object", "properties": {"session": {"type": "string"}, "amount": {"type": "string"}}},
}


def shares(value: Any) -> list[services.Said]:
    """``[{"session": external id, "amount": "75.00"}, …]``"""
    if not isinstance(value, list) or len(value) > selectors.MOST:
        raise bodies.Unreadable(f"Give a list of at most {selectors.MOST} objects.")
    found = []
    for place, each in enumerate(value):
        if not isinstance(each, dict) or set(each) != {"session", "amount"}:
            raise bodies.Unreadable(f"Number {place} of the list: give an object of session and amount.")
        try:
            found.append(services.Said(bodies.line(each["session"]), bodies.money(each["amount"])))
        except bodies.Unreadable as reason:
            raise bodies.Unreadable(f"Number {place} of the list: {reason}") from None
    return found


DIVIDE: dict[str, bodies.Reader] = {"shares": shares, "reason": bodies.line}


class Takebacks(ApiView):
    @documented(
        "Takebacks without a session",
        about="The work list: what a payer withholds under a reference that names no claim of one session.",
        answer=listing(TAKEBACK),
        scope=policies.REMITTANCES,
        query=FILTER_WORDS,
    )
    def get(self, request: Request) -> Response:
        rows = selectors.waiting_takebacks(self.actor)
        if payer := query(request, FILTERS).get("payer"):
            rows = rows.filter(adjustment__remittance__payer_code=payer)
        return cursor_page(request, rows, takeback_row, order="id")


class TakebackDetail(ApiView):
    @documented("One takeback of a payment's account", answer=TAKEBACK, scope=policies.REMITTANCES)
    def get(self, request: Request, match_id: UUID) -> Response:
        query(request, {}, page=False)
        return _detail(self, match_id)


class Divide(ApiView):
    @documented(
        "Say how much of a takeback is about which session",
        about="The amounts are above zero and make the whole; `session` is an external id. Said again, it replaces.",
        body=bodies.schema(DIVIDE, shares=SHARES),
        answer=TAKEBACK,
        scope=policies.REMITTANCES,
    )
    @idempotent
    def post(self, request: Request, match_id: UUID) -> Response:
        said = bodies.read(request, DIVIDE, required=("shares", "reason"))
        services.divide(self.actor, match_id, said["shares"], said["reason"], self.now)
        return _detail(self, match_id)


class SetAside(ApiView):
    @documented(
        "Say that a takeback is about no session of ours",
        body=bodies.schema(REASON),
        answer=TAKEBACK,
        scope=policies.REMITTANCES,
    )
    @idempotent
    def post(self, request: Request, match_id: UUID) -> Response:
        reason = bodies.read(request, REASON, required=("reason",))["reason"]
        services.set_takeback_aside(self.actor, match_id, reason, self.now)
        return _detail(self, match_id)


def _detail(view: ApiView, match_id: UUID) -> Response:
    row = selectors.get_takeback(view.actor, match_id)
    offered = selectors.may_be(selectors.claims_named(view.actor, row))
    more = {
        "shares": [_share(each.session.external_id, each.amount) for each in selectors.shares_of(row)],
        "suggested": _suggested(view.actor, row),
        "candidates": [{"session": each.session.external_id, "paid": amount_text(each.paid)} for each in offered],
    }
    return Response(takeback_row(row) | more)


def _suggested(actor: Actor, row: AccountMatch) -> dict[str, Any] | None:
    """What somebody said of this reference before, while nobody said anything of this takeback."""
    before = selectors.said_before(actor, row) if row.waits else None
    if before is None:
        return None
    shares = [_share(each.session.external_id, each.amount) for each in before.shares]
    said = before.match
    return {"takeback": said.pk, "by": said.by_name, "because": said.reason, "at": said.at, "shares": shares}


def _share(session: str, amount: Decimal | None) -> dict[str, Any]:
    return {"session": session, "amount": amount_text(amount)}


def takeback_row(row: AccountMatch) -> dict[str, Any]:
    """Amounts are US dollars with the sign of the file: above zero lowers the payment."""
    took, payment = row.adjustment, row.adjustment.remittance
    label, did = remittance_words.account(took)
    return {
        "id": row.pk,
        "remittance": payment.pk,
        "trace": payment.trace,
        "payer": {"id": payment.payer_code or None, "name": payment.payer_name},
        "paid_on": payment.paid_on,
        "currency": "USD",
        "reason": took.reason,
        "label": label,
        "effect": did,
        "amount": amount_text(took.amount),
        "reference": took.reference or None,
        "segment": took.position,
        "waits": row.waits,
        "matched_by": row.how or None,
        "by": row.by_name or None,
        "because": row.reason or None,
        "at": row.at,
    }
