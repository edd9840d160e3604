"""/notes-requests: ask, list, look up, extend, withdraw, answer, and judge items."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access.api import ApiView, cursor_page, etag_of, idempotent, query, read_body, refuse_words, then_by_id
from clawguard.access.pages import arrived
from clawguard.access.schema import documented, listing
from clawguard.domain.lifecycles import RequestState
from clawguard.ids import new_id
from notes import policies, selectors, services
from notes.api.bodies import REQUIRED, fields, flag, list_of, text, uuid, whole_number
from notes.api.shapes import NOTE, REQUEST, note_dict, request_dict
from notes.models import NotesRequest
from notes.process_notes import WORDS

FILTERS: dict[str, Any] = {
    "session": UUID,
    "provider": str,
    "status": tuple(RequestState),
    "due_before": dt.datetime,
    "updated_since": dt.datetime,
}
LOOKUPS = {
    "session": "session_id",
    "provider": "provider__npi",
    "status": "status",
    "due_before": "due_at__lt",
    "updated_since": "updated_at__gte",
}
ITEM = {"kind": (text, REQUIRED), "why": (text, ""), "label": (text, "")}
ASK: dict[str, Any] = {
    "session_id": (uuid, REQUIRED),
    "items": (list_of(lambda item: item), REQUIRED),
    "why": (text, REQUIRED),
    "finding_ids": (list_of(uuid), ()),
}
REASON: dict[str, Any] = {"reason": (text, REQUIRED)}
RESPONSE: dict[str, Any] = {
    "text": (text, ""),
    "explanation": (text, ""),
    "objection": (text, ""),
    "attested": (flag, False),
    "no_process_notes": (flag, False),
    "submission": (uuid, None),
    "submit": (flag, False),
    "draft_version": (whole_number, 0),
    "seen": (whole_number, 0),
    "confirms": (uuid, None),
}


def schema(known: dict[str, Any]) -> dict[str, Any]:
    kinds = {flag: "boolean", whole_number: "integer"}
    shown = {
        name: {"type": kinds.get(read, "string" if read in (text, uuid) else "array")}
        for name, (read, _) in known.items()
    }
    needed = [name for name, (_, default) in known.items() if default is REQUIRED]
    return {"type": "object", "properties": shown, "required": needed, "additionalProperties": False}


def answer_for(view: ApiView, row: NotesRequest, status: int = 200) -> Response:
    found = selectors.get_request(view.actor, row.pk) if view.actor.kind != "api" else row
    return Response(request_dict(found, view.actor, view.now), status, headers={"ETag": _etag(found)})


def _etag(row: NotesRequest) -> str:
    return etag_of(row.pk, row.status, int(row.updated_at.timestamp() * 1_000_000))


class Requests(ApiView):
    @documented("Ask a provider for notes", body=schema(ASK), answer=REQUEST, status=201, scope=policies.WRITE)
    @idempotent
    def post(self, request: Request) -> Response:
        given = fields(read_body(request), ASK)
        items = [
            services.Asked(**fields(item if isinstance(item, dict) else {}, ITEM, f"/items/{n}"))
            for n, item in enumerate(given["items"])
        ]
        row = services.open_request(
            self.actor, given["session_id"], items, given["why"], self.now, finding_ids=given["finding_ids"]
        )
        return answer_for(self, row, 201)

    @documented("List notes requests", answer=listing(REQUEST), scope=policies.READ, query=dict.fromkeys(FILTERS, ""))
    def get(self, request: Request) -> Response:
        asked = query(request, {**FILTERS, "ordering": ("-updated_at", "updated_at")})
        wanted = {LOOKUPS[name]: value for name, value in asked.items() if name in LOOKUPS}
        rows = selectors.visible_requests(self.actor).filter(**wanted).select_related("provider")
        rows = rows.prefetch_related("items", "due_changes")
        ordering = asked.get("ordering", "-updated_at")
        return cursor_page(
            request, rows, lambda row: request_dict(row, self.actor, self.now), order=then_by_id(ordering)
        )


class RequestDetail(ApiView):
    @documented("One notes request", answer=REQUEST, scope=policies.READ)
    def get(self, request: Request, request_id: UUID) -> Response:
        query(request, {}, page=False)
        return answer_for(self, selectors.get_request(self.actor, request_id))


class Extend(ApiView):
    EXTEND = {**REASON, "business_days": (whole_number, REQUIRED)}

    @documented(
        "Give more time",
        body=schema(EXTEND),
        answer=REQUEST,
        about="Leads only; the due moment moves later. With 0 business days what was asked for is declined.",
    )
    @idempotent
    def post(self, request: Request, request_id: UUID) -> Response:
        given = fields(read_body(request), self.EXTEND)
        days, reason = given["business_days"], given["reason"]
        if days == 0:
            return answer_for(self, services.decline_extension(self.actor, request_id, reason, self.now))
        return answer_for(self, services.grant_extension(self.actor, request_id, days, reason, self.now))


class Withdraw(ApiView):
    @documented("Withdraw a request", body=schema(REASON), answer=REQUEST, scope=policies.WRITE)
    @idempotent
    def post(self, request: Request, request_id: UUID) -> Response:
        given = fields(read_body(request), REASON)
        return answer_for(self, services.withdraw(self.actor, request_id, given["reason"], self.now))


class Bounce(ApiView):
    @documented(
        "Report that the mail of a request came back",
        answer=REQUEST,
        scope=policies.WRITE,
        about="The clock never ran then, unless the provider opened the request meanwhile; staff owe the next step."
        " Reported twice, the second report changes nothing.",
    )
    @idempotent
    def post(self, request: Request, request_id: UUID) -> Response:
        refuse_words(request)
        return answer_for(self, services.report_bounce(self.actor, request_id, self.now))


class Respond(ApiView):
    @documented(
        "Answer, as the provider in person",
        body=schema(RESPONSE),
        answer=NOTE,
        about="A draft is kept unless `submit` is true. Submitting is final; a program cannot answer for a person.",
    )
    @idempotent
    def post(self, request: Request, request_id: UUID) -> Response:
        policies.require_answering(self.actor)
        given = fields(read_body(request), RESPONSE)
        form = given["submission"] or new_id()
        if not given["submit"]:
            version = given["draft_version"]
            draft = services.save_draft(
                self.actor, request_id, given["text"], given["explanation"], form, version, self.now
            )
            return Response(
                {"draft_version": draft.version, "saved_at": draft.saved_at.isoformat(), "submitted": False}
            )
        words = {name: given[name] for name in RESPONSE if name not in ("submission", "submit", "draft_version")}
        answer, now = services.Answer(submission=form, **words), arrived(request)
        outcome = services.submit_answer(self.actor, request_id, answer, now)
        if outcome.note is None:
            return Response({"submitted": False, "quarantined": True, "detail": WORDS}, 202)
        return Response({**note_dict(outcome.note), "submitted": True}, 201)


class AcceptItem(ApiView):
    @documented("Accept an item", answer=REQUEST)
    @idempotent
    def post(self, request: Request, request_id: UUID, number: int) -> Response:
        refuse_words(request)
        return answer_for(self, services.accept_item(self.actor, request_id, number, self.now))


class ReturnItem(ApiView):
    @documented("Return an item with a reason", body=schema(REASON), answer=REQUEST)
    @idempotent
    def post(self, request: Request, request_id: UUID, number: int) -> Response:
        given = fields(read_body(request), REASON)
        return answer_for(self, services.return_item(self.actor, request_id, number, given["reason"], self.now))
