"""/policies and /rule-packs: read only; people write policies, two of them together."""

from __future__ import annotations

import datetime as dt
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access.api import ApiView, query
from clawguard.access.schema import documented
from sessions import policies
from sessions.models import RulePack
from sessions.rulebook import packs, selectors

RESULTS = {"type": "object", "properties": {"results": {"type": "array", "items": {"type": "object"}}}}
PACK = {"type": "object", "description": "Check versions, table versions and policy periods in force together."}


class Policies(ApiView):
    @documented(
        "Payer policies in force",
        about="One row per scope and period with the values it decides; what it leaves out is inherited from the payer,"
        " its kind, the network and the defaults, in this order.",
        answer=RESULTS,
        scope=policies.READ,
        query={"on": "only periods that hold on this day"},
    )
    def get(self, request: Request) -> Response:
        asked = query(request, {"on": dt.date}, page=False)
        rows = selectors.in_force(self.actor, asked.get("on"))
        return Response({"version": selectors.policy_version(), "results": rows})


class RulePacks(ApiView):
    @documented("Rule packs, the latest in use first", answer=RESULTS, scope=policies.READ)
    def get(self, request: Request) -> Response:
        query(request, {}, page=False)
        present = packs.present_digest()
        rows = packs.all_packs(self.actor)
        shown = [_pack_dict(row["pack"], row["uses"], present) for row in rows]
        return Response({"present": present, "results": shown})


class RulePackDetail(ApiView):
    @documented("One rule pack", answer=PACK, scope=policies.READ)
    def get(self, request: Request, digest: str) -> Response:
        query(request, {}, page=False)
        pack = packs.get_pack(self.actor, digest)
        shown = _pack_dict(pack, packs.uses_of(pack), packs.present_digest())
        return Response({**shown, "checks": pack.checks, "policies": pack.policies})


def _pack_dict(pack: RulePack, uses: list[packs.Use], present: str) -> dict[str, Any]:
    return {
        "digest": pack.digest,
        "present": pack.digest == present,
        "first_used_at": pack.first_used_at.isoformat(),
        "in_use": [
            {"since": use.since.isoformat(), "until": use.until.isoformat() if use.until else None} for use in uses
        ],
        "tables": pack.tables,
    }
