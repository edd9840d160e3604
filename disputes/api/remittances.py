"""/remittances: what payers' 835 files said, and what people and programs say of claims that found no session."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access import bodies
from clawguard.access.api import ApiView, cursor_page, idempotent, query, then_by_id
from clawguard.access.schema import documented, listing
from disputes import policies
from disputes.api import remittance_shapes as shapes
from disputes.selectors import remittances as selectors
from disputes.services import remittances as services

REMITTANCE = {"type": "object", "description": "One payment: payer, trace, amounts, balance, claims and adjustments."}
CLAIM = {"type": "object", "description": "One claim of a payment, its session, and the sessions it may be about."}
FILTERS: dict[str, Any] = {
    "trace": str,
    "payer": str,
    "import": UUID,
    "balances": bool,
    "takebacks": bool,
    "paid_from": dt.date,
    "paid_to": dt.date,
    "updated_since": dt.datetime,
}
FILTER_WORDS = {
    "trace": "trace number (TRN02)",
    "payer": "id of the payer",
    "import": "id of the import they came in",
    "balances": "whether every sum agrees",
    "takebacks": "whether a claim is reversed",
    "paid_from": "paid on this day or later",
    "paid_to": "paid on this day or before",
    "updated_since": "stored at or after this instant",
    "ordering": "one of -created_at (the default), created_at",
}
ORDERINGS = ("-created_at", "created_at")
LOOKUPS = {
    "trace": "trace",
    "payer": "payer_code",
    "import": "batch_id",
    "paid_from": "paid_on__gte",
    "paid_to": "paid_on__lte",
    "updated_since": "created_at__gte",
}
WAITING: dict[str, Any] = {"payer": str, "provider": str}
WAITING_WORDS = {"payer": "id of the payer", "provider": "NPI the claim names, of a provider of ours"}
WAITING_LOOKUPS = {"payer": "claim__remittance__payer_code", "provider": "provider__npi"}
MATCH: dict[str, bodies.Reader] = {"session": bodies.line, "reason": bodies.line}
REASON: dict[str, bodies.Reader] = {"reason": bodies.line}


class Remittances(ApiView):
    @documented("List remittances", answer=listing(REMITTANCE), scope=policies.REMITTANCES, query=FILTER_WORDS)
    def get(self, request: Request) -> Response:
        asked = query(request, {**FILTERS, "ordering": ORDERINGS})
        wanted = {LOOKUPS[name]: value for name, value in asked.items() if name in LOOKUPS}
        rows = selectors.visible_remittances(self.actor).filter(**wanted)
        if "balances" in asked:
            rows = rows.filter(imbalances=[]) if asked["balances"] else rows.exclude(imbalances=[])
        if "takebacks" in asked:
            rows = rows.exclude(reversals_count=0) if asked["takebacks"] else rows.filter(reversals_count=0)
        order = asked.get("ordering", "-created_at")
        return cursor_page(request, rows, shapes.remittance_row, order=then_by_id(order))


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
        return Response(shapes.remittance_detail(self.actor, payment, after))


class Accept(ApiView):
    @documented(
        "Accept a payment whose sums disagree",
        about="From then on it counts, and its takebacks may open cases. A person's word, with name and reason.",
        body=bodies.schema(REASON),
        answer=REMITTANCE,
    )
    @idempotent
    def post(self, request: Request, remittance_id: UUID) -> Response:
        if self.actor.kind == "api":
            selectors.get_remittance(self.actor, remittance_id)
            policies.refuse_programs(self.actor)
        reason = bodies.read(request, REASON, required=("reason",))["reason"]
        row = services.accept_balance(self.actor, remittance_id, reason, self.now)
        return Response(shapes.remittance_row(row))


class Waiting(ApiView):
    @documented(
        "Claims without a session",
        about="The work list: claims that neither a number nor likeness ties to one session for certain.",
        answer=listing(CLAIM),
        scope=policies.REMITTANCES,
        query=WAITING_WORDS,
    )
    def get(self, request: Request) -> Response:
        asked = query(request, WAITING)
        wanted = {WAITING_LOOKUPS[name]: value for name, value in asked.items() if name in WAITING_LOOKUPS}
        rows = selectors.waiting_claims(self.actor).filter(**wanted)
        return cursor_page(request, rows, shapes.waiting_row, order="claim_id")


class ClaimDetail(ApiView):
    @documented("One claim of a remittance", answer=CLAIM, scope=policies.REMITTANCES)
    def get(self, request: Request, claim_id: UUID) -> Response:
        query(request, {}, page=False)
        return Response(shapes.claim_detail(self.actor, selectors.get_claim(self.actor, claim_id)))


class Match(ApiView):
    @documented(
        "Say which session a claim is about",
        about="`session` is its external id. What is said holds for later files of this payer with the same numbers.",
        body=bodies.schema(MATCH),
        answer=CLAIM,
        scope=policies.REMITTANCES,
    )
    @idempotent
    def post(self, request: Request, claim_id: UUID) -> Response:
        said = bodies.read(request, MATCH, required=("session", "reason"))
        services.match_by_hand(self.actor, claim_id, said["session"], said["reason"], self.now)
        return Response(shapes.claim_detail(self.actor, selectors.get_claim(self.actor, claim_id)))


class SetAside(ApiView):
    @documented(
        "Say that a claim is about no session of ours",
        about="What is said holds for later files of this payer with the same numbers.",
        body=bodies.schema(REASON),
        answer=CLAIM,
        scope=policies.REMITTANCES,
    )
    @idempotent
    def post(self, request: Request, claim_id: UUID) -> Response:
        reason = bodies.read(request, REASON, required=("reason",))["reason"]
        services.set_aside(self.actor, claim_id, reason, self.now)
        return Response(shapes.claim_detail(self.actor, selectors.get_claim(self.actor, claim_id)))
