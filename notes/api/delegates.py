"""/delegations and /absences: who answers for a provider, and when the provider is away; handing a request over."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access.api import ApiView, cursor_page, idempotent, query, read_body, refuse_words
from clawguard.access.schema import documented, listing
from clawguard.accounts.actors import Actor
from clawguard.accounts.models import Absence, Delegation
from notes import policies, selectors_delegates, services
from notes.api.bodies import REQUIRED, fields, flag, text, uuid
from notes.api.requests import answer_for, schema
from notes.api.shapes import REQUEST, moment

PROVIDER = "The provider in person."
SEES: dict[str, Any] = {"everything": (flag, REQUIRED)}
INVITE: dict[str, Any] = {"name": (text, REQUIRED), "email": (text, REQUIRED), "everything": (flag, False)}
HANDED: dict[str, Any] = {"delegation": (uuid, REQUIRED)}
SAID, SAYS, MOMENT = {"type": "string"}, {"type": "boolean"}, {"type": ["string", "null"], "format": "date-time"}
DAY = {"type": "string", "format": "date"}
OWN = {"id": {"type": "string", "format": "uuid"}, "provider": SAID}
DELEGATION = {
    "type": "object",
    "description": "`email` is told to the provider alone. `everything`: all that waits; else what is handed over.",
    "properties": {**OWN, "name": SAID, "email": SAID, "everything": SAYS}
    | dict.fromkeys(("invited_at", "expires_at", "accepted_at", "ended_at"), MOMENT),
}
ABSENCE = {
    "type": "object",
    "description": "Both days are days away, by the calendar of the practice.",
    "properties": {**OWN, "first_day": DAY, "last_day": DAY, "delegation": {"type": ["string", "null"]}}
    | {"only_delegate": SAYS}
    | dict.fromkeys(("entered_at", "begun_at", "undone_at"), MOMENT),
}


def day(value: Any) -> dt.date:
    try:
        return dt.date.fromisoformat(text(value))
    except ValueError:
        raise ValueError("Give a day, such as 2026-12-24.") from None


ENTER: dict[str, Any] = {
    "first_day": (day, REQUIRED),
    "last_day": (day, REQUIRED),
    "delegation": (uuid, None),
    "only_delegate": (flag, False),
    "provider": (text, ""),
}
ENTERED = schema(ENTER)
ENTERED = {**ENTERED, "properties": ENTERED["properties"] | {"first_day": DAY, "last_day": DAY, "provider": SAID}}


def delegation_dict(row: Delegation, actor: Actor) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "provider": row.provider.npi,
        "name": row.name,
        **({"email": row.email} if actor.is_provider else {}),
        "everything": row.everything,
        **{name: moment(getattr(row, name)) for name in ("invited_at", "expires_at", "accepted_at", "ended_at")},
    }


def absence_dict(row: Absence) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "provider": row.provider.npi,
        "first_day": row.first_day.isoformat(),
        "last_day": row.last_day.isoformat(),
        "delegation": str(row.delegation_id) if row.delegation_id else None,
        "only_delegate": row.only_delegate,
        **{name: moment(getattr(row, name)) for name in ("entered_at", "begun_at", "undone_at")},
    }


class Delegations(ApiView):
    @documented("Who answers for providers", answer=listing(DELEGATION), scope=policies.READ, query={"provider": "NPI"})
    def get(self, request: Request) -> Response:
        asked = query(request, {"provider": str})
        wanted = {"provider__npi": asked["provider"]} if "provider" in asked else {}
        rows = selectors_delegates.visible_delegations(self.actor).filter(**wanted)
        return cursor_page(request, rows, lambda row: delegation_dict(row, self.actor), order=("-invited_at", "-id"))

    @documented("Invite a delegate", body=schema(INVITE), answer=DELEGATION, status=201, about=PROVIDER)
    @idempotent
    def post(self, request: Request) -> Response:
        policies.require_provider(self.actor)
        given = fields(read_body(request), INVITE)
        row = services.invite_delegate(self.actor, given["name"], given["email"], given["everything"], self.now)
        return Response(delegation_dict(row, self.actor), 201)


class EndDelegation(ApiView):
    @documented("End a delegation", answer=DELEGATION, about=f"{PROVIDER} It is over with the next request.")
    @idempotent
    def post(self, request: Request, delegation_id: UUID) -> Response:
        refuse_words(request)
        row = services.end_delegation(self.actor, delegation_id, self.now)
        row.refresh_from_db()
        return Response(delegation_dict(row, self.actor))


class WidenDelegation(ApiView):
    @documented("What a delegate sees", body=schema(SEES), answer=DELEGATION, about=PROVIDER)
    @idempotent
    def post(self, request: Request, delegation_id: UUID) -> Response:
        policies.require_provider(self.actor)
        given = fields(read_body(request), SEES)
        row = services.widen_delegation(self.actor, delegation_id, given["everything"], self.now)
        row.refresh_from_db()
        return Response(delegation_dict(row, self.actor))


class Absences(ApiView):
    FILTERS: dict[str, Any] = {"provider": str, "on_or_after": dt.date}
    LOOKUPS = {"provider": "provider__npi", "on_or_after": "last_day__gte"}

    @documented(
        "When providers are away", answer=listing(ABSENCE), scope=policies.READ, query=dict.fromkeys(FILTERS, "")
    )
    def get(self, request: Request) -> Response:
        asked = query(request, self.FILTERS)
        wanted = {self.LOOKUPS[name]: value for name, value in asked.items() if name in self.LOOKUPS}
        rows = selectors_delegates.visible_absences(self.actor).filter(**wanted)
        return cursor_page(request, rows, absence_dict, order=("-first_day", "-id"))

    @documented(
        "Enter an absence",
        body=ENTERED,
        answer=ABSENCE,
        status=201,
        scope=policies.WRITE,
        about="By the provider, or by a program that keeps their calendar and names them by NPI in `provider`. Who "
        "answers meanwhile (`delegation`, `only_delegate`) only the provider says.",
    )
    @idempotent
    def post(self, request: Request) -> Response:
        given = fields(read_body(request), ENTER)
        days, chosen = (given["first_day"], given["last_day"]), (given["delegation"], given["only_delegate"])
        row = services.enter_absence(self.actor, *days, *chosen, self.now, given["provider"])
        row.refresh_from_db()
        return Response(absence_dict(row), 201)


class UndoAbsence(ApiView):
    @documented(
        "Take an absence back",
        answer=ABSENCE,
        scope=policies.WRITE,
        about="By the provider; by a program where no delegate stands in.",
    )
    @idempotent
    def post(self, request: Request, absence_id: UUID) -> Response:
        refuse_words(request)
        row = services.undo_absence(self.actor, absence_id, self.now)
        row.refresh_from_db()
        return Response(absence_dict(row))


class HandOver(ApiView):
    @documented("Hand a request to a delegate", body=schema(HANDED), answer=REQUEST, about=PROVIDER)
    @idempotent
    def post(self, request: Request, request_id: UUID) -> Response:
        policies.require_provider(self.actor)
        given = fields(read_body(request), HANDED)
        return answer_for(self, services.hand_over(self.actor, request_id, given["delegation"], self.now))


class TakeBack(ApiView):
    @documented("Take a request back from delegates", answer=REQUEST, about=PROVIDER)
    @idempotent
    def post(self, request: Request, request_id: UUID) -> Response:
        refuse_words(request)
        return answer_for(self, services.take_back(self.actor, request_id, self.now))
