"""/sessions: submit, list, look up, correct, and the dry run that stores nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access.api import ApiView, cursor_page, etag_of, idempotent, query, read_body, require_match, then_by_id
from clawguard.access.schema import documented, listing
from clawguard.domain.submission import json_schema
from sessions import facts, hooks, policies, selectors, services
from sessions.api.shapes import checked_dict, finding_dict, session_dict
from sessions.models import TherapySession

FILTERS: dict[str, Any] = {
    "external_id": str,
    "provider": str,
    "client_id": UUID,
    "payer": str,
    "code": str,
    "date_from": dt.date,
    "date_to": dt.date,
    "check": str,
    "status": ("open", "clear", "unscreened"),
    "updated_since": dt.datetime,
}
FILTER_WORDS = {
    "external_id": "your id of the session",
    "provider": "NPI of the rendering provider",
    "client_id": "our id of the client, as sessions show it; your own id of a client never stands in an address",
    "payer": "payer id as on the claim",
    "code": "a billed code",
    "date_from": "first date of service",
    "date_to": "last date of service",
    "check": "id of a check with a standing finding",
    "status": "open: something asks for a change or review; clear: nothing does; unscreened: not screened yet",
    "updated_since": "changed at or after this instant",
    "ordering": "one of -date_of_service (the default), date_of_service, -updated_at, updated_at",
}
ORDERINGS = ("-date_of_service", "date_of_service", "-updated_at", "updated_at")
SESSION = {"type": "object", "description": "A session as submitted, with id, revision, findings, clocks and actions."}


class Sessions(ApiView):
    @documented("Submit a session", body=json_schema(), answer=SESSION, status=201, scope=policies.WRITE)
    @idempotent
    def post(self, request: Request) -> Response:
        session = services.submit(self.actor, read_body(request), self.now)
        new = session.created_at == self.now
        return Response(_stored(session), 201 if new else 200, headers=_headers(session))

    @documented("List sessions", answer=listing(SESSION), scope=policies.READ, query=FILTER_WORDS)
    def get(self, request: Request) -> Response:
        asked = query(request, {**FILTERS, "ordering": ORDERINGS})
        ordering = asked.pop("ordering", "-date_of_service")
        rows = selectors.with_standing_findings(selectors.search(self.actor, **_search(asked)))

        def shown(row: TherapySession) -> dict[str, Any]:
            return session_dict(row, facts.of_row(row), row.standing, self.actor)  # type: ignore[attr-defined]

        return cursor_page(request, rows, shown, order=then_by_id(ordering))


class Session(ApiView):
    @documented("A session with findings, clocks and allowed actions", answer=SESSION, scope=policies.READ)
    def get(self, request: Request, session_id: UUID) -> Response:
        query(request, {}, page=False)
        session = selectors.get_session(self.actor, session_id)
        return Response(_whole(self, session), headers=_headers(session))

    @documented(
        "Correct a session",
        about="A JSON merge patch with If-Match. Writes a new revision, which is screened again.",
        body={"type": "object"},
        answer=SESSION,
        scope=policies.WRITE,
    )
    def patch(self, request: Request, session_id: UUID) -> Response:
        changes = read_body(request)
        session = selectors.get_writable(self.actor, session_id)
        require_match(request, etag_of(session.pk, session.revision))
        corrected = services.correct(self.actor, session.pk, changes, self.now, revision=session.revision)
        return Response(_stored(corrected), headers=_headers(corrected))


class Check(ApiView):
    @documented(
        "Check sessions without storing anything",
        about="One session, or up to 1,000 as `sessions`; `context` holds what the database would know.",
        body={"type": "object"},
        scope=policies.WRITE,
    )
    def post(self, request: Request) -> Response:
        body = read_body(request)
        checked = services.check(self.actor, body, self.now)
        shown = [checked_dict(row, self.actor) for row in checked]
        return Response({"results": shown} if "sessions" in body else shown[0])


def _search(asked: dict[str, Any]) -> dict[str, Any]:
    renamed = {"provider": "npi", "payer": "payer_id", "check": "check_id", "status": "state"}
    return {renamed.get(name, name): value for name, value in asked.items() if name not in ("cursor", "limit", "count")}


def _headers(session: TherapySession) -> dict[str, str]:
    return {"ETag": etag_of(session.pk, session.revision), "Location": f"/api/v1/sessions/{session.pk}"}


def _stored(session: TherapySession) -> dict[str, Any]:
    return {
        "id": str(session.pk),
        "external_id": session.external_id,
        "revision": session.revision,
        "created_at": session.created_at.isoformat(),
        "updated_at": session.updated_at.isoformat(),
    }


def _whole(view: ApiView, session: TherapySession) -> dict[str, Any]:
    findings = selectors.findings_of(view.actor, session)
    standing = [finding for finding in findings if finding.status in selectors.STANDING]
    said = facts.session_facts([session.pk])[session.pk]
    screened = selectors.screened_at(session)
    return session_dict(session, said, standing, view.actor) | {
        "settled_findings": [finding_dict(f, view.actor) for f in findings if f.status not in selectors.STANDING],
        "screened_at": screened.isoformat() if screened else None,
        "clocks": hooks.clocks(view.actor, session, view.now),
        "allowed_actions": policies.session_actions(view.actor, session) + hooks.actions(view.actor, session),
    }
