"""/notes-requests/{id}: what is said and asked beside the answer, and delivering again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access.api import ApiView, idempotent, read_body, refuse_words
from clawguard.access.schema import documented
from clawguard.clock import now as read_clock
from notes import selectors, services
from notes.api.bodies import REQUIRED, fields, text
from notes.api.requests import REASON, answer_for, schema
from notes.api.shapes import REQUEST

WORDS: dict[str, Any] = {"text": (text, REQUIRED)}


class AskExtension(ApiView):
    @documented(
        "Ask for more time, as the provider in person",
        body=schema(REASON),
        answer=REQUEST,
        about="Once per request. A lead decides, and until then the due moment stays as it is, unless the policy of"
        " the day (`first_more_time_days`) grants it at once: `due_changes` says so.",
    )
    @idempotent
    def post(self, request: Request, request_id: UUID) -> Response:
        given = fields(read_body(request), REASON)
        services.ask_extension(self.actor, request_id, given["reason"], self.now)
        return _as_it_stands(self, request_id)


class AskQuestion(ApiView):
    @documented(
        "Ask a question, as the provider in person",
        body=schema(WORDS),
        answer=REQUEST,
        about="A question is not an answer: the clock runs on.",
    )
    @idempotent
    def post(self, request: Request, request_id: UUID) -> Response:
        services.ask_question(self.actor, request_id, fields(read_body(request), WORDS)["text"], self.now)
        return _as_it_stands(self, request_id)


class Reply(ApiView):
    @documented("Write to the provider about a request", body=schema(WORDS), answer=REQUEST)
    @idempotent
    def post(self, request: Request, request_id: UUID) -> Response:
        services.reply(self.actor, request_id, fields(read_body(request), WORDS)["text"], self.now)
        return _as_it_stands(self, request_id)


class Deliver(ApiView):
    @documented(
        "Deliver again what reached nobody",
        answer=REQUEST,
        about="After the address was mended. The clock starts anew; `undeliverable_reason` says why it still did not.",
    )
    @idempotent
    def post(self, request: Request, request_id: UUID) -> Response:
        refuse_words(request)
        return answer_for(self, services.deliver_again(self.actor, request_id, self.now, read_clock))


def _as_it_stands(view: ApiView, request_id: UUID) -> Response:
    return answer_for(view, selectors.get_request(view.actor, request_id))
