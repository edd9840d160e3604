"""/stated-facts: what is known beside the sessions, stated and withdrawn; the list never names a client."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access import bodies
from clawguard.access.api import ApiView, cursor_page, idempotent, query, read_body
from clawguard.access.schema import documented, listing
from clawguard.domain.stated_facts import KINDS
from sessions import policies, selectors, services
from sessions.models import StatedFact

FACT = {
    "type": "object",
    "description": "kind, whom it is about, from, to, source, and the fields of its kind; see docs/stated-facts.md.",
}
FILTERS: dict[str, Any] = {
    "kind": tuple(KINDS),
    "client_id": UUID,
    "session": str,
    "standing": bool,
    "stated_since": dt.datetime,
}
FILTER_WORDS = {
    "kind": f"one of {', '.join(KINDS)}",
    "client_id": "our id of the client, as sessions show it",
    "session": "your id of the session",
    "standing": "true: not withdrawn",
    "stated_since": "stated at or after this instant",
}
LOOKUPS = {
    "kind": "kind",
    "client_id": "client_id",
    "session": "session_ref",
    "stated_since": "stated_at__gte",
}
REASON: dict[str, bodies.Reader] = {"reason": bodies.line}


def fact_dict(fact: StatedFact) -> dict[str, Any]:
    gone = getattr(fact, "withdrawal", None)
    return {
        "id": str(fact.pk),
        "kind": fact.kind,
        "client_id": str(fact.client_id) if fact.client_id else None,
        "provider": fact.provider.npi if fact.provider else None,
        "session": fact.session_ref or None,
        "from": fact.first_day.isoformat() if fact.first_day else None,
        "to": fact.last_day.isoformat() if fact.last_day else None,
        **fact.values,
        "source": fact.source,
        "stated_at": fact.stated_at.isoformat(),
        "stated_by": fact.stated_by_name,
        "withdrawn_at": gone.withdrawn_at.isoformat() if gone else None,
        "withdrawal_reason": gone.reason if gone else None,
    }


class StatedFacts(ApiView):
    @documented("List stated facts", answer=listing(FACT), scope=policies.READ, query=FILTER_WORDS)
    def get(self, request: Request) -> Response:
        asked = query(request, FILTERS)
        wanted = {LOOKUPS[name]: value for name, value in asked.items() if name in LOOKUPS}
        if "standing" in asked:
            wanted["withdrawal__isnull"] = asked["standing"]
        return cursor_page(
            request, selectors.stated_facts(self.actor).filter(**wanted), fact_dict, ("-stated_at", "-id")
        )

    @documented(
        "State facts beside sessions",
        about="One statement, or up to 1,000 as `facts`, all or none. What stands already changes nothing. The sessions"
        " they are about are screened again.",
        body=FACT,
        answer=FACT,
        status=201,
        scope=policies.WRITE,
    )
    @idempotent
    def post(self, request: Request) -> Response:
        body = read_body(request)
        stated = services.state_body(self.actor, body, self.now)
        shown = [fact_dict(fact) for fact in stated.facts]
        answer = {"results": shown, "new": stated.new} if "facts" in body else shown[0]
        return Response(answer, 201 if stated.new else 200)


class Withdraw(ApiView):
    @documented("Withdraw a stated fact", body={"type": "object"}, answer=FACT, scope=policies.WRITE)
    @idempotent
    def post(self, request: Request, fact_id: UUID) -> Response:
        said = bodies.read(request, REASON)
        fact = services.withdraw(self.actor, fact_id, said.get("reason", ""), self.now)
        return Response(fact_dict(fact))
