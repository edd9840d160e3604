"""Answers that store nothing: an attribution of facts, a deadline of a delivery."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access import bodies
from clawguard.access.api import ApiView, query, read_body
from clawguard.access.problems import FieldProblem, Problem
from clawguard.access.schema import documented
from clawguard.domain.attribution import attribute
from clawguard.domain.calendar import DeadlineError, Pause, deadline
from clawguard.domain.case_facts_json import CaseFactsError, read_case_facts
from clawguard.domain.regions import REGIONS
from disputes import policies
from notes import calendars


class AttributionPreview(ApiView):
    @documented("Weigh facts without a case; stores nothing", body={"type": "object"}, scope=policies.READ)
    def post(self, request: Request) -> Response:
        policies.require_reader(self.actor)
        try:
            facts = read_case_facts(read_body(request))
        except CaseFactsError as error:
            errors = [FieldProblem(wrong.pointer, wrong.code, wrong.message) for wrong in error.problems]
            raise Problem(400, "facts_invalid", "The facts cannot be read", "See errors.", errors) from None
        return Response(attribute(facts, self.now).as_dict())


DEADLINE = {"type": "object", "description": "The due date, the moment it lapses, and every day counted or skipped."}
ASKED = {
    "delivered_at": "",
    "time_zone": "",
    "business_days": "",
    "region": "a US state: the calendar of its providers",
}


MOST_PAUSES = 50


def _pauses(value: Any) -> list[Pause]:
    """``[{"from": …, "to": …}]``: stretches in which the clock stood still."""
    if not isinstance(value, list) or len(value) > MOST_PAUSES:
        raise bodies.Unreadable(f"Give a list of at most {MOST_PAUSES} pauses.")
    return [_pause(bodies.mapping(item)) for item in value]


def _region(value: Any) -> str:
    """Two letters of a US state or territory."""
    if value not in REGIONS:
        raise bodies.Unreadable("Give two letters of a US state or territory, such as CA.")
    return str(value)


def _pause(item: dict[str, Any]) -> Pause:
    if set(item) != {"from", "to"}:
        raise bodies.Unreadable("A pause has a from and a to.")
    return Pause(bodies.instant(item["from"]), bodies.instant(item["to"]), "as given")


class DeadlinePreview(ApiView):
    """Open to everybody signed in and every key: it is arithmetic anybody may check."""

    @documented("Count business days; stores nothing", answer=DEADLINE, query=ASKED, about="Any key may ask.")
    def get(self, request: Request) -> Response:
        kinds: dict[str, Any] = {
            "delivered_at": dt.datetime,
            "time_zone": str,
            "business_days": int,
            "region": tuple(REGIONS),
        }
        return self._answer(query(request, kinds, page=False))

    @documented(
        "Count business days; stores nothing", body={"type": "object"}, answer=DEADLINE, about="Any key may ask."
    )
    def post(self, request: Request) -> Response:
        readers = {
            "delivered_at": bodies.instant,
            "time_zone": bodies.text,
            "business_days": bodies.whole(1, 60),
            "pauses": _pauses,
            "region": _region,
        }
        return self._answer(bodies.read(request, readers))

    def _answer(self, asked: dict[str, Any]) -> Response:
        missing = [name for name in ("delivered_at", "time_zone") if name not in asked]
        if missing:
            errors = [FieldProblem(f"/{name}", "missing", "This is needed.") for name in missing]
            raise Problem(400, "invalid", "The request cannot be read", "See errors.", errors)
        days = asked.get("business_days", settings.BUSINESS_DAYS_TO_ANSWER)
        try:
            pauses, days_off = asked.get("pauses", ()), calendars.in_force(asked.get("region", calendars.NETWORK))
            found = deadline(asked["delivered_at"], asked["time_zone"], days, days_off, pauses=pauses)
        except DeadlineError as error:
            errors = [FieldProblem(f"/{wrong.field}", wrong.code, wrong.message) for wrong in error.problems]
            raise Problem(400, "deadline_invalid", "The deadline cannot be computed", "See errors.", errors) from None
        return Response(found.as_dict())
