"""Clocks that stand still: a lead pauses one request's and lets it run again; outages count for every clock."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access.api import ApiView, cursor_page, idempotent, query, read_body, refuse_words
from clawguard.access.schema import documented, listing
from notes import policies, selectors_clock, services
from notes.api.bodies import REQUIRED, fields, text
from notes.api.requests import answer_for, schema
from notes.api.shapes import REQUEST, moment
from notes.models import Outage

LEADS = "Leads only."


def instant(value: Any) -> dt.datetime:
    try:
        found = dt.datetime.fromisoformat(text(value))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise ValueError("Give an instant with its offset, such as 2026-11-24T13:00:00-05:00.")
    return found


PAUSE: dict[str, Any] = {"reason": (text, REQUIRED), "detail": (text, ""), "until": (instant, None)}
RECORD: dict[str, Any] = {"from": (instant, REQUIRED), "to": (instant, REQUIRED), "reason": (text, REQUIRED)}
MOMENT = {"type": "string", "format": "date-time"}
BODIES = {
    "pause": schema(PAUSE)["properties"] | {"until": MOMENT},
    "outage": schema(RECORD)["properties"] | {"from": MOMENT, "to": MOMENT},
}
OUTAGE = {
    "type": "object",
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "from": MOMENT,
        "to": MOMENT,
        "reason": {"type": "string"},
        "recorded_at": MOMENT,
        "recorded_by": {"type": "string"},
    },
}


def outage_dict(row: Outage) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "from": moment(row.started_at),
        "to": moment(row.ended_at),
        "reason": row.reason,
        "recorded_at": moment(row.recorded_at),
        "recorded_by": row.by_name,
    }


class Pause(ApiView):
    @documented(
        "Pause the clock of a request",
        body={**schema(PAUSE), "properties": BODIES["pause"]},
        answer=REQUEST,
        about="Leads only. From now on, until it is resumed or until the moment given.",
    )
    @idempotent
    def post(self, request: Request, request_id: UUID) -> Response:
        given = fields(read_body(request), PAUSE)
        row = services.pause_clock(self.actor, request_id, given["reason"], given["detail"], given["until"], self.now)
        return answer_for(self, row)


class Resume(ApiView):
    @documented("Let the clock of a request run again", answer=REQUEST, about=LEADS)
    @idempotent
    def post(self, request: Request, request_id: UUID) -> Response:
        refuse_words(request)
        return answer_for(self, services.resume_clock(self.actor, request_id, self.now))


class Outages(ApiView):
    @documented("Recorded outages", answer=listing(OUTAGE), scope=policies.READ)
    def get(self, request: Request) -> Response:
        query(request, {})
        return cursor_page(request, selectors_clock.outages(self.actor), outage_dict, order=("-started_at", "-id"))

    @documented(
        "Record an outage of the answer pages",
        body={**schema(RECORD), "properties": BODIES["outage"]},
        answer=OUTAGE,
        status=201,
        about="Leads only. Every clock that ran in it is recounted: a business day that it touches does not count.",
    )
    @idempotent
    def post(self, request: Request) -> Response:
        given = fields(read_body(request), RECORD)
        row = services.record_outage(self.actor, given["from"], given["to"], given["reason"], self.now)
        return Response(outage_dict(row), 201)
