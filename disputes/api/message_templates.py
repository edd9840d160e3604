"""/message-templates: the wordings that are offered, and one of them filled for a case."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access import bodies
from clawguard.access.api import ApiView, query
from clawguard.access.schema import documented
from clawguard.domain.message_templates import PLACEHOLDERS
from disputes import policies, selectors
from disputes.selectors.filled_templates import Ready, ready_for
from disputes.selectors.templates import Offered, offered


class MessageTemplates(ApiView):
    @documented(
        "Wordings for messages and letters to providers",
        about="As they are offered now. `{name}` stands for what a case knows; `placeholders` says what. With `letter` "
        "a letter of a case is written by itself; the others begin messages.",
        scope=policies.READ,
    )
    def get(self, request: Request) -> Response:
        query(request, {}, page=False)
        rows = [_wording(row) for row in offered(self.actor)]
        return Response({"results": rows, "placeholders": {name: about for name, (about, _) in PLACEHOLDERS.items()}})


class MessagePreview(ApiView):
    @documented(
        "A wording with this case's values",
        about="Stores and sends nothing. `unknown` names placeholders for which the case has nothing yet; a text that "
        "still holds one is not sent.",
        body=bodies.schema({"template": bodies.line}),
        scope=policies.READ,
    )
    def post(self, request: Request, case_id: UUID) -> Response:
        policies.require_template_reader(self.actor)
        case = selectors.get_case(self.actor, case_id)
        name = bodies.read(request, {"template": bodies.line}, required=("template",))["template"]
        return Response(_ready(ready_for(self.actor, case, name)))


def _wording(row: Offered) -> dict[str, Any]:
    wording = row.wording
    return {
        "name": wording.name,
        "version": row.version,
        "title": wording.title,
        "used_when": wording.used_when,
        "letter": wording.is_letter,
        "parts": dict(wording.parts),
    }


def _ready(row: Ready) -> dict[str, Any]:
    shown = {"template": row.name, "template_version": row.version, "title": row.title}
    return shown | {"text": row.text, "unknown": list(row.unknown)}
