"""/proposed-adjustments: what decisions propose in money, and what the accounting system reported back."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access import bodies
from clawguard.access.api import ApiView, cursor_page, idempotent, query, then_by_id
from clawguard.access.schema import documented, listing
from disputes import policies, selectors, services
from disputes.api import shapes

TOLD = {
    "done": bodies.choice("posted", "declined"),
    "on": bodies.date,
    "amount": bodies.money,
    "reference": bodies.line,
    "reason": bodies.line,
}


ADJUSTMENT = {"type": "object", "description": "What a decision proposes in money, and what was reported of it since."}
FILTERS: dict[str, Any] = {
    "kind": ("pay_contracted_rate", "recover", "take_back"),
    "provider": str,
    "created_since": dt.datetime,
    "updated_since": dt.datetime,
}
FILTER_WORDS = {
    "kind": "pay_contracted_rate, recover or take_back",
    "provider": "NPI of the provider",
    "created_since": "proposed at or after this instant",
    "updated_since": "proposed, or reported on, at or after this instant",
    "ordering": "one of -created_at (the default), created_at",
}
LOOKUPS = {"kind": "kind", "provider": "provider__npi", "created_since": "created_at__gte"}
ORDERINGS = ("-created_at", "created_at")


class Adjustments(ApiView):
    @documented("Proposed adjustments", answer=listing(ADJUSTMENT), scope=policies.READ, query=FILTER_WORDS)
    def get(self, request: Request) -> Response:
        asked = query(request, {**FILTERS, "ordering": ORDERINGS})
        wanted = {LOOKUPS[name]: value for name, value in asked.items() if name in LOOKUPS}
        rows = selectors.get_adjustments(self.actor).filter(**wanted)
        if since := asked.get("updated_since"):
            rows = selectors.adjustments_updated(rows, since)
        order = asked.get("ordering", "-created_at")
        return cursor_page(request, rows, shapes.adjustment_dict, order=then_by_id(order))


class AdjustmentDetail(ApiView):
    @documented("One proposed adjustment", answer=ADJUSTMENT, scope=policies.READ)
    def get(self, request: Request, adjustment_id: UUID) -> Response:
        query(request, {}, page=False)
        return Response(shapes.adjustment_dict(selectors.get_adjustment(self.actor, adjustment_id)))


class Confirmation(ApiView):
    @documented(
        "Record what the accounting system did",
        about="`posted` with its reference, or `declined` with a reason. A report: nothing here moves money.",
        body=bodies.schema(TOLD),
        status=201,
        scope=policies.WRITE,
    )
    @idempotent
    def post(self, request: Request, adjustment_id: UUID) -> Response:
        told = services.Confirmation(**bodies.read(request, TOLD, required=("done",)))
        row = services.confirm_adjustment(self.actor, adjustment_id, told, self.now)
        return Response(shapes.confirmation_dict(row), 201)
