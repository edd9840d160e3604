"""/library: policies and other evidence that serves in many disputes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access import bodies
from clawguard.access.api import ApiView, cursor_page, idempotent, query, refuse_words
from clawguard.access.schema import documented, listing
from clawguard.accounts.actors import Actor
from disputes import policies, services
from disputes.models import LibraryItem
from disputes.selectors.evidence import opened_item, visible_library

ITEM = {
    "type": "object",
    "description": "A kept policy, consent or estimate: its `value` in the fields of its kind, the days on which it "
    "holds, and whose it is; `provider` is null for the whole network's.",
}
NEW = {
    "kind": bodies.line,
    "title": bodies.line,
    "value": bodies.mapping,
    "effective_from": bodies.date,
    "effective_to": bodies.date,
    "provider": bodies.line,
}
FILTERS: dict[str, Any] = {"kind": str, "provider": str}
LOOKUPS = {"kind": "kind", "provider": "provider__npi"}


def item_dict(actor: Actor, row: LibraryItem) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "title": row.title,
        "provider": None if row.provider is None else {"npi": row.provider.npi, "name": row.provider.name},
        "value": opened_item(row),
        "effective_from": row.effective_from,
        "effective_to": row.effective_to,
        "file": row.file_id,
        "added_at": row.added_at,
        "added_by": row.added_by_name,
        "retired_at": row.retired_at,
        "allowed_actions": policies.library_actions(actor, row),
    }


class Library(ApiView):
    @documented(
        "Keep something for many disputes",
        about="A provider keeps their own; others name a `provider` by NPI, or nobody for the whole network. What is "
        "kept is never changed: retire it and keep the new one. A document can be added on the page.",
        body=bodies.schema(NEW, value={"type": "object"}),
        answer=ITEM,
        status=201,
        scope=policies.WRITE,
    )
    @idempotent
    def post(self, request: Request) -> Response:
        body = bodies.read(request, NEW, required=("kind", "title", "value", "effective_from"))
        row = services.keep_item(self.actor, services.NewItem(**body), self.now)
        return Response(item_dict(self.actor, row), 201)

    @documented("The library", answer=listing(ITEM), scope=policies.READ, query=dict.fromkeys(FILTERS, ""))
    def get(self, request: Request) -> Response:
        asked = query(request, FILTERS)
        wanted = {LOOKUPS[name]: value for name, value in asked.items() if name in LOOKUPS}
        rows = visible_library(self.actor).filter(**wanted)
        return cursor_page(request, rows, lambda row: item_dict(self.actor, row), order=("-added_at", "-id"))


class Retire(ApiView):
    @documented(
        "Retire an item",
        about="It is offered no more; disputes it was used in keep it. A provider retires their own only.",
        answer=ITEM,
        scope=policies.WRITE,
    )
    @idempotent
    def post(self, request: Request, item_id: UUID) -> Response:
        refuse_words(request)
        return Response(item_dict(self.actor, services.retire_item(self.actor, item_id, self.now)))
