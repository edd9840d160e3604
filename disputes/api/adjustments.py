"""/proposed-adjustments: what decisions propose in money, and what the accounting system reported back."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access import bodies
from clawguard.access.api import ApiView, cursor_page, idempotent, query
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


class Adjustments(ApiView):
    @documented("Proposed adjustments", answer=listing({"type": "object"}), scope=policies.READ)
    def get(self, request: Request) -> Response:
        kinds: dict[str, Any] = {
            "kind": ("pay_contracted_rate", "recover", "take_back"),
            "provider": str,
            "created_since": dt.datetime,
        }
        asked = query(request, kinds)
        lookups = {"kind": "kind", "provider": "provider__npi", "created_since": "created_at__gte"}
        wanted = {lookups[name]: value for name, value in asked.items() if name in lookups}
        rows = selectors.get_adjustments(self.actor).filter(**wanted)
        return cursor_page(request, rows, shapes.adjustment_dict, order=("-created_at", "-id"))


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
