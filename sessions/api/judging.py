"""/findings/judge: several findings of one check at once, and taking it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access import bodies
from clawguard.access.api import ApiView, idempotent, refuse_words
from clawguard.access.schema import documented
from clawguard.domain.checks.dismissals import BY_CODE, OTHER
from sessions import catalogue, services
from sessions.models import Judgement
from sessions.services.findings import Verdict
from sessions.services.judging import MOST, TIME_TO_UNDO

BODY: dict[str, bodies.Reader] = {
    "check": bodies.line,
    "findings": bodies.identifiers(MOST),
    "decision": bodies.choice("confirm", "dismiss"),
    "reason": bodies.line,
    "reason_code": bodies.choice(*BY_CODE),
    "until": bodies.date,
    "preview": bodies.flag,
}
SHAPES: dict[str, Any] = {
    "findings": {"type": "array", "items": {"type": "string", "format": "uuid"}, "maxItems": MOST},
    "decision": {"type": "string", "enum": ["confirm", "dismiss"]},
    "until": {"type": "string", "format": "date"},
    "preview": {"type": "boolean"},
}
JUDGEMENT = {"type": "object", "description": "What became of each finding, and until when it can be taken back."}


class Judge(ApiView):
    @documented(
        "Judge several findings of one check",
        about="The same as judging each alone. With `preview` nothing changes, and each row says whether it can be"
        " judged. Only findings that wait to be judged are; the others say why not.",
        body=bodies.schema(BODY, **SHAPES),
        answer=JUDGEMENT,
    )
    @idempotent
    def post(self, request: Request) -> Response:
        said = bodies.read(request, BODY, required=("check", "findings", "decision"))
        check_id, ids = catalogue.get_check(said["check"]).id, said["findings"]
        if said.get("preview"):
            rows = services.preview_judgement(self.actor, check_id, ids)
            shown = [{"finding": str(row.finding.pk), "result": row.obstacle or "can be judged"} for row in rows]
            return Response({"results": shown})
        verdict = self._verdict(said, check_id)
        return Response(_shown(services.judge_findings(self.actor, check_id, ids, verdict, self.now)))

    def _verdict(self, said: dict[str, Any], check_id: str) -> Verdict:
        reason = said.get("reason", "")
        if said["decision"] == "confirm":
            return services.confirming(reason)
        code = said.get("reason_code", OTHER)
        return services.dismissing(check_id, reason, self.now, code=code, until=said.get("until"))


class Undo(ApiView):
    @documented("Take a judgment of several findings back, within half a minute", answer=JUDGEMENT)
    @idempotent
    def post(self, request: Request, judgement_id: UUID) -> Response:
        refuse_words(request)
        return Response(_shown(services.undo_judgement(self.actor, judgement_id, self.now)))


def _shown(done: Judgement) -> dict[str, Any]:
    return {
        "id": str(done.pk),
        "check": done.check_id,
        "verdict": done.verdict,
        "reason_code": done.reason_code or None,
        "dismissed_until": done.dismissed_until.isoformat() if done.dismissed_until else None,
        "at": done.at.isoformat(),
        "undo_until": (done.at + TIME_TO_UNDO).isoformat(),
        "undone_at": done.undone_at.isoformat() if done.undone_at else None,
        "results": done.rows,
    }
