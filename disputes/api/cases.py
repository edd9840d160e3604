"""/cases and what can be done with one."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access import bodies
from clawguard.access.api import ApiView, cursor_page, etag_of, idempotent, query, then_by_id
from clawguard.access.pages import arrived
from clawguard.access.schema import documented, listing
from clawguard.accounts.actors import Actor
from clawguard.domain.lifecycles import CaseState
from disputes import facts, policies, selectors, services
from disputes.api import shapes
from disputes.models import Case
from disputes.selectors.cases import latest_proposal
from disputes.selectors.filled_templates import ready_for
from disputes.selectors.proposals import proposals_of
from disputes.selectors.thread import thread
from disputes.selectors.triage import CLOCKS, clock_stands

CASE = {"type": "object", "description": "A case with facts, attribution, conversation, clocks, timeline and actions."}
FILTERS: dict[str, Any] = {
    "status": tuple(CaseState),
    "origin": tuple(name for name, _ in Case.ORIGINS),
    "party": ("provider", "network", "payer", "client", "none", "open"),
    "session": UUID,
    "provider": str,
    "updated_since": dt.datetime,
    "clock": tuple(CLOCKS),
}
LOOKUPS = {
    "status": "status",
    "origin": "origin",
    "party": "party",
    "session": "session_id",
    "provider": "provider__npi",
    "updated_since": "updated_at__gte",
}
MESSAGE = {
    "text": bodies.text,
    "internal": bodies.flag,
    "question": bodies.flag,
    "template": bodies.line,
    "template_version": bodies.line,
    "files": bodies.identifiers(10),
}
CLOCK_WORDS = {"clock": "standing cases whose nearest clock has run out (`late`) or does within a day (`today`)"}
ORDERINGS = ("-updated_at", "updated_at", "breach_at")


def fields(**given: Any) -> dict[str, Any]:
    """A JSON schema of an object whose fields are texts unless told otherwise."""
    return {"type": "object", "properties": {name: shape or {"type": "string"} for name, shape in given.items()}}


class Cases(ApiView):
    @documented("Open a case", body=fields(session=None), answer=CASE, status=201, scope=policies.WRITE)
    @idempotent
    def post(self, request: Request) -> Response:
        body = bodies.read(request, {"session": bodies.identifier}, required=("session",))
        case = services.open_by_hand(self.actor, body["session"], self.now)
        return Response(shapes.case_row(self.actor, case, self.now), 201 if case.opened_at == self.now else 200)

    @documented("List cases", answer=listing(CASE), scope=policies.READ, query=dict.fromkeys(FILTERS, "") | CLOCK_WORDS)
    def get(self, request: Request) -> Response:
        asked = query(request, {**FILTERS, "ordering": ORDERINGS})
        order = asked.pop("ordering", "-updated_at")
        wanted = {LOOKUPS[name]: value for name, value in asked.items() if name in LOOKUPS}
        rows = selectors.visible_cases(self.actor).filter(**wanted).select_related("provider")
        if which := asked.get("clock"):
            policies.require_staff_view(self.actor)
            rows = rows.filter(clock_stands(which, self.now))
        return cursor_page(
            request, rows, lambda row: shapes.case_row(self.actor, row, self.now), order=then_by_id(order)
        )


class CaseDetail(ApiView):
    @documented("One case", answer=CASE, scope=policies.READ)
    def get(self, request: Request, case_id: UUID) -> Response:
        query(request, {}, page=False)
        case = selectors.get_case(self.actor, case_id)
        body = shapes.case_detail(self.actor, case, self.now)
        return Response(body, headers={"ETag": etag_of(case.pk, case.updated_at.isoformat())})


class Facts(ApiView):
    @documented(
        "The facts of a case",
        about="`results`: what stands. `history`: what was added or taken back, in order; each stays.",
        scope=policies.READ,
    )
    def get(self, request: Request, case_id: UUID) -> Response:
        query(request, {}, page=False)
        case = selectors.get_case(self.actor, case_id)
        policies.require_staff_view(self.actor)
        history = [shapes.fact_dict(row) for row in case.added_facts.order_by("added_at", "pk")]
        return Response({"results": facts.evidence(case), "history": history})

    @documented("Add facts", body=fields(facts={"type": "object"}), status=201, scope=policies.WRITE)
    @idempotent
    def post(self, request: Request, case_id: UUID) -> Response:
        body = bodies.read(request, {"facts": bodies.mapping}, required=("facts",))
        rows = services.add_facts(self.actor, case_id, body["facts"], self.now)
        return Response({"results": [shapes.fact_dict(row) for row in rows]}, 201)


class FactWithdrawal(ApiView):
    @documented(
        "Take a fact back",
        about="What people or programs added under this name no longer stands; the statements stay in `history`. The "
        "facts are weighed again. What the system itself recorded cannot be taken back.",
        body=fields(reason=None),
        status=201,
        scope=policies.WRITE,
    )
    @idempotent
    def post(self, request: Request, case_id: UUID, name: str) -> Response:
        body = bodies.read(request, {"reason": bodies.line}, required=("reason",))
        row = services.withdraw_fact(self.actor, case_id, name, body["reason"], self.now)
        return Response(shapes.fact_dict(row), 201)


class Attribution(ApiView):
    @documented(
        "What the engine proposes",
        about="`history`, for staff and programs: every proposal, newest first, with what changed from the one before.",
        scope=policies.READ,
    )
    def get(self, request: Request, case_id: UUID) -> Response:
        query(request, {}, page=False)
        case = selectors.get_case(self.actor, case_id)
        body: dict[str, Any] = {"attribution": shapes.proposal_dict(self.actor, latest_proposal(case))}
        if not self.actor.is_provider:
            zone = case.provider.time_zone
            body["history"] = [shapes.proposal_change(entry, zone) for entry in proposals_of(case)]
        return Response(body)


class Messages(ApiView):
    @documented("The conversation", scope=policies.READ)
    def get(self, request: Request, case_id: UUID) -> Response:
        query(request, {}, page=False)
        entries = thread(self.actor, selectors.get_case(self.actor, case_id))
        return Response({"results": [shapes.message_dict(entry) for entry in entries]})

    @documented(
        "Write in the conversation",
        about="`internal`: a note among staff. `question`: a provider asks without answering yet. `template`: the "
        "wording it begins with (for keys that also have `cases:read`); without `text` its words are sent with this "
        "case's values.",
        body=fields(
            text=None,
            internal={"type": "boolean"},
            question={"type": "boolean"},
            template=None,
            template_version=None,
            files={"type": "array", "items": {"type": "string", "format": "uuid"}},
        ),
        status=201,
        scope=policies.WRITE,
    )
    @idempotent
    def post(self, request: Request, case_id: UUID) -> Response:
        body = bodies.read(request, MESSAGE)
        marks = {name: body.get(name, False) for name in ("internal", "question")}
        text, begun = body.get("text", ""), None
        if body.get("template"):
            ready = ready_for(self.actor, selectors.get_case(self.actor, case_id), body["template"])
            text, begun = text or ready.text, services.Begun(ready.name, body.get("template_version") or ready.version)
        message = services.post_message(
            self.actor, case_id, text, arrived(request), begun=begun, chosen=body.get("files", ()), **marks
        )
        return Response({"id": message.pk, "kind": message.kind, "at": message.at, "late": message.late}, 201)


VERDICT = {
    "party": bodies.text,
    "clause": bodies.text,
    "outcome": bodies.text,
    "explanation": bodies.text,
    "evidence": bodies.names,
    "amount": bodies.money,
}


class DecisionView(ApiView):
    @documented("Decide, or propose a decision that needs a second person", body=fields(**dict.fromkeys(VERDICT)))
    @idempotent
    def post(self, request: Request, case_id: UUID) -> Response:
        _people_only(self.actor, case_id)
        required = ("party", "clause", "outcome", "explanation", "evidence")
        verdict = services.Verdict(**bodies.read(request, VERDICT, required))
        row = services.decide(self.actor, case_id, verdict, self.now)
        return Response(shapes.decision_dict(self.actor, row), 201)


class Approve(ApiView):
    @documented(
        "Agree as the second person, or send back with a reason", body=fields(agree={"type": "boolean"}, reason=None)
    )
    @idempotent
    def post(self, request: Request, case_id: UUID) -> Response:
        _people_only(self.actor, case_id)
        body = bodies.read(request, {"agree": bodies.flag, "reason": bodies.text}, required=("agree",))
        if body["agree"]:
            row = services.approve(self.actor, case_id, self.now)
        else:
            row = services.send_back(self.actor, case_id, body.get("reason", ""), self.now)
        return Response(shapes.decision_dict(self.actor, row))


class WithdrawProposal(ApiView):
    @documented("Take back the decision you proposed, before a second person agreed", body=fields(reason=None))
    @idempotent
    def post(self, request: Request, case_id: UUID) -> Response:
        _people_only(self.actor, case_id)
        body = bodies.read(request, {"reason": bodies.text}, required=("reason",))
        row = services.withdraw_proposal(self.actor, case_id, body["reason"], self.now)
        return Response(shapes.decision_dict(self.actor, row))


class AppealView(ApiView):
    @documented("Appeal the decision (its provider)", body=fields(reason=None), status=201)
    @idempotent
    def post(self, request: Request, case_id: UUID) -> Response:
        _people_only(self.actor, case_id)
        body = bodies.read(request, {"reason": bodies.text}, required=("reason",))
        row = services.appeal(self.actor, case_id, body["reason"], self.now)
        return Response({"id": row.pk, "at": row.at}, 201)


class Assign(ApiView):
    @documented(
        "Who looks after a case",
        about="Staff. `assignee`: the id of somebody who works these cases; left out, nobody does.",
        body=fields(assignee={"type": "string", "format": "uuid"}),
        answer=CASE,
    )
    @idempotent
    def post(self, request: Request, case_id: UUID) -> Response:
        body = bodies.read(request, {"assignee": bodies.identifier})
        case = services.assign(self.actor, case_id, body.get("assignee"), self.now)
        return Response(shapes.case_row(self.actor, case, self.now))


class Close(ApiView):
    @documented("Close a decided case", body={"type": "object"})
    @idempotent
    def post(self, request: Request, case_id: UUID) -> Response:
        _people_only(self.actor, case_id)
        bodies.read(request, {})
        case = services.close(self.actor, case_id, self.now)
        return Response(shapes.case_row(self.actor, case, self.now))


def _people_only(actor: Actor, case_id: UUID) -> None:
    """Refuse programs before reading what they sent: what is theirs to see is 403, anything else 404."""
    if actor.kind == "api":
        selectors.get_case(actor, case_id)
        policies.refuse_programs(actor)
