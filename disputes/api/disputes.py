"""/disputes: clients' disputes, the provider's side, and how they end."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access import bodies
from clawguard.access.api import ApiView, cursor_page, idempotent, query, refuse_words, then_by_id
from clawguard.access.idempotency import ShownOnce
from clawguard.access.pages import arrived
from clawguard.access.schema import documented, listing
from clawguard.accounts.actors import Actor
from clawguard.clock import now as read_clock
from clawguard.domain.lifecycles import DisputeState
from disputes import policies, selectors, services
from disputes.api import dispute_shapes as shapes
from disputes.api.cases import fields
from disputes.selectors.evidence import piece_of

DISPUTE = {"type": "object", "description": "A client's dispute with its clock and both sides' words."}
NEW = {
    "external_id": bodies.text,
    "kind": bodies.choice("cancellation_fee", "billing"),
    "session": bodies.text,
    "provider": bodies.text,
    "service_date": bodies.date,
    "amount": bodies.money,
    "statement": bodies.text,
    "reason": bodies.line,
    "starts_at": bodies.instant,
    "client_time_zone": bodies.line,
    "cancelled_at": bodies.instant,
    "notice_hours": bodies.whole(0, 720),
    "evidence": bodies.mapping_of_mappings,
}
REPLY = {
    "answer": bodies.choice("contest", "concede", "waive"),
    "text": bodies.text,
    "evidence": bodies.mapping_of_mappings,
    "submit": bodies.flag,
}
PIECE = {
    "kind": bodies.line,
    "value": bodies.mapping,
    "side": bodies.line,
    "source": bodies.line,
    "file": bodies.identifier,
}
HANDED = {"delegation": bodies.identifier}
REASON = fields(reason=None)
LINK = {"type": "object", "description": "The link, and `address`, which is shown this once."}
ENDED = {"type": "object", "description": "`ended`: how many links that worked do so no more."}
OBJECT = {"type": "object"}
FILTERS: dict[str, Any] = {
    "status": tuple(DisputeState),
    "kind": ("cancellation_fee", "billing"),
    "reason": str,
    "provider": str,
    "updated_since": dt.datetime,
}
LOOKUPS = {
    "status": "status",
    "kind": "kind",
    "reason": "reason",
    "provider": "provider__npi",
    "updated_since": "updated_at__gte",
}


ORDERINGS = ("-updated_at", "updated_at")
ASKED = {**dict.fromkeys(FILTERS, ""), "ordering": "one of -updated_at (the default), updated_at"}


class Disputes(ApiView):
    @documented(
        "Open a dispute",
        about="The same again under its `external_id` is answered with the first, 200; something else under it is "
        "refused with what differs, 409.",
        body=bodies.schema(NEW, evidence=OBJECT),
        answer=DISPUTE,
        status=201,
        scope=policies.WRITE,
    )
    @idempotent
    def post(self, request: Request) -> Response:
        new = services.NewDispute(**bodies.read(request, NEW, required=("kind", "amount", "statement")))
        row = services.open_dispute(self.actor, new, self.now)
        return Response(shapes.dispute_row(self.actor, row, self.now), 201 if row.opened_at == self.now else 200)

    @documented("List disputes", answer=listing(DISPUTE), scope=policies.READ, query=ASKED)
    def get(self, request: Request) -> Response:
        asked = query(request, {**FILTERS, "ordering": ORDERINGS})
        wanted = {LOOKUPS[name]: value for name, value in asked.items() if name in LOOKUPS}
        rows = selectors.visible_disputes(self.actor).filter(**wanted)
        shown = lambda row: shapes.dispute_row(self.actor, row, self.now)  # noqa: E731
        order = asked.get("ordering", "-updated_at")
        return cursor_page(request, rows, shown, order=then_by_id(order))


class DisputeDetail(ApiView):
    @documented("One dispute", answer=DISPUTE, scope=policies.READ)
    def get(self, request: Request, dispute_id: UUID) -> Response:
        query(request, {}, page=False)
        row = selectors.get_dispute(self.actor, dispute_id)
        return Response(shapes.dispute_detail(self.actor, row, self.now))


class ResponseView(ApiView):
    @documented(
        "The provider's side",
        about="A draft until `submit` is true; submitting is final. `evidence`: per kind, its fields.",
        body=bodies.schema(REPLY, evidence=OBJECT, submit={"type": "boolean"}),
        answer=DISPUTE,
    )
    @idempotent
    def post(self, request: Request, dispute_id: UUID) -> Response:
        _people_only(self.actor, dispute_id)
        body = bodies.read(request, REPLY)
        service = services.answer if body.pop("submit", False) else services.save_draft
        row = service(self.actor, dispute_id, services.Said(**body), arrived(request))
        return Response(shapes.dispute_detail(self.actor, row, self.now))


class Evidence(ApiView):
    @documented(
        "Add evidence",
        about="`value` has the fields of its kind, `file` a file sent for this dispute before. What was added is never "
        "changed; a newer piece stands beside it.",
        body=bodies.schema(PIECE, value=OBJECT),
        status=201,
        scope=policies.WRITE,
    )
    @idempotent
    def post(self, request: Request, dispute_id: UUID) -> Response:
        body = bodies.read(request, PIECE, required=("kind", "value"))
        row = services.add_evidence(
            self.actor,
            dispute_id,
            body["kind"],
            body["value"],
            self.now,
            side=body.get("side", "network"),
            source=body.get("source", ""),
            file=body.get("file"),
        )
        return Response(shapes.evidence_dict(piece_of(row)), 201)


class Concede(ApiView):
    @documented("The provider agrees with the client", body={"type": "object"}, answer=DISPUTE)
    @idempotent
    def post(self, request: Request, dispute_id: UUID) -> Response:
        _people_only(self.actor, dispute_id)
        bodies.read(request, {})
        row = services.concede(self.actor, dispute_id, self.now)
        return Response(shapes.dispute_detail(self.actor, row, self.now))


class HandOver(ApiView):
    @documented("Hand a dispute to a delegate", body=bodies.schema(HANDED), answer=DISPUTE, about="The provider.")
    @idempotent
    def post(self, request: Request, dispute_id: UUID) -> Response:
        _people_only(self.actor, dispute_id)
        body = bodies.read(request, HANDED, required=("delegation",))
        row = services.hand_over(self.actor, dispute_id, body["delegation"], self.now)
        return Response(shapes.dispute_detail(self.actor, row, self.now))


class TakeBack(ApiView):
    @documented("Take a dispute back from delegates", answer=DISPUTE, about="The provider.")
    @idempotent
    def post(self, request: Request, dispute_id: UUID) -> Response:
        _people_only(self.actor, dispute_id)
        refuse_words(request)
        row = services.take_back(self.actor, dispute_id, self.now)
        return Response(shapes.dispute_detail(self.actor, row, self.now))


class Reason(ApiView):
    @documented(
        "Put right why the client disputes it",
        about="What is asked for follows from that. Until it is decided.",
        body=REASON,
        answer=DISPUTE,
        scope=policies.WRITE,
    )
    @idempotent
    def post(self, request: Request, dispute_id: UUID) -> Response:
        body = bodies.read(request, {"reason": bodies.line}, required=("reason",))
        row = services.set_reason(self.actor, dispute_id, body["reason"], self.now)
        return Response(shapes.dispute_detail(self.actor, row, self.now))


class Withdraw(ApiView):
    @documented("The client takes the dispute back", about="Staff, before its answer.", body=REASON, answer=DISPUTE)
    @idempotent
    def post(self, request: Request, dispute_id: UUID) -> Response:
        _people_only(self.actor, dispute_id)
        body = bodies.read(request, {"reason": bodies.text}, required=("reason",))
        row = services.withdraw(self.actor, dispute_id, body["reason"], self.now)
        return Response(shapes.dispute_detail(self.actor, row, self.now))


class DeliverAgain(ApiView):
    @documented(
        "Deliver a dispute that reached nobody",
        about="Staff, after the provider's address was put right.",
        answer=DISPUTE,
    )
    @idempotent
    def post(self, request: Request, dispute_id: UUID) -> Response:
        refuse_words(request)
        row = services.deliver_again(self.actor, dispute_id, self.now, read_clock)
        return Response(shapes.dispute_detail(self.actor, row, self.now))


class ClientLinks(ApiView):
    @documented(
        "A link by which the client tells their side",
        about="Its `address` is shown this once and works once, until `expires_at`; links given out before end. It is "
        "for the network to send, by the ways it knows the client by.",
        answer=LINK,
        status=201,
        scope=policies.WRITE,
    )
    @idempotent
    def post(self, request: Request, dispute_id: UUID) -> Response:
        refuse_words(request)
        link, address = services.issue_client_link(self.actor, dispute_id, self.now)
        shown = {"id": link.pk, "expires_at": link.expires_at}
        return ShownOnce({**shown, "address": address}, {**shown, "address": None}, 201)


class ClientLinkEnd(ApiView):
    @documented("End the client's link", answer=ENDED, scope=policies.WRITE)
    @idempotent
    def post(self, request: Request, dispute_id: UUID) -> Response:
        refuse_words(request)
        return Response({"ended": services.revoke_client_link(self.actor, dispute_id, self.now)})


class Decide(ApiView):
    @documented("How the dispute ends", body=fields(outcome=None, amount=None, reason=None), answer=DISPUTE)
    @idempotent
    def post(self, request: Request, dispute_id: UUID) -> Response:
        _people_only(self.actor, dispute_id)
        readers = {"outcome": bodies.text, "amount": bodies.money, "reason": bodies.text}
        body = bodies.read(request, readers, required=("outcome", "reason"))
        outcome = body["outcome"], body.get("amount"), body["reason"]
        row = services.decide_dispute(self.actor, dispute_id, *outcome, self.now)
        return Response(shapes.dispute_detail(self.actor, row, self.now))


def _people_only(actor: Actor, dispute_id: UUID) -> None:
    if actor.kind == "api":
        selectors.get_dispute(actor, dispute_id)
        policies.refuse_programs(actor)
