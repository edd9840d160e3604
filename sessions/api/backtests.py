"""/backtests: what draft rules would have changed. Started, watched and stopped; nothing that was found is touched."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access import bodies
from clawguard.access.api import ApiView, cursor_page, idempotent, query
from clawguard.access.schema import documented, listing
from clawguard.accounts.actors import Actor
from clawguard.domain.lifecycles import JobState
from sessions import policies
from sessions.api.shapes import CURRENCY
from sessions.models import Backtest, BacktestChange
from sessions.rulebook import results
from sessions.services import trials

BACKTEST = {
    "type": "object",
    "description": "Which sessions are gone through, how far it is, and what differs by then.",
}
CHANGE = {
    "type": "object",
    "description": "One finding that is new, gone or says something else under the draft rules.",
}
WISH: dict[str, bodies.Reader] = dict.fromkeys(("from", "to", "payer", "provider", "check", "revision"), bodies.line)
DAY = {"type": "string", "format": "date"}


class Backtests(ApiView):
    @documented(
        "List backtests, the newest first",
        answer=listing(BACKTEST),
        scope=policies.REPORTS,
        query={"status": "running, done, cancelled or stopped"},
    )
    def get(self, request: Request) -> Response:
        asked = query(request, {"status": tuple(JobState)})
        rows = results.all_backtests(self.actor).filter(**{name: asked[name] for name in ("status",) if name in asked})
        return cursor_page(request, rows, lambda job: backtest_dict(job, self.actor), ("-started_at", "-id"))

    @documented(
        "Try draft rules on stored sessions",
        about="Dates of service `from` to `to` (today when left out), narrowed down by `payer`, `provider` (NPI) and"
        " `check`. `revision` names one draft or proposal; without it every draft, proposal and loaded code table is"
        " tried together. The answer comes at once; the work goes on in the background.",
        body=bodies.schema(WISH, **{"from": DAY, "to": DAY}),
        answer=BACKTEST,
        status=202,
        scope=policies.ADMIN,
    )
    @idempotent
    def post(self, request: Request) -> Response:
        policies.require_trial(self.actor)
        wish = bodies.read(request, WISH, required=("from",))
        scope, revision = trials.read_scope(wish, self.now.date()), trials.read_revision(wish)
        job = trials.start_backtest(self.actor, scope, self.now, revision=revision)
        return Response(backtest_dict(job, self.actor), status=202)


class BacktestDetail(ApiView):
    @documented(
        "A backtest: its progress, and what differs by check and by payer",
        answer=BACKTEST,
        scope=policies.REPORTS,
    )
    def get(self, request: Request, backtest_id: UUID) -> Response:
        query(request, {}, page=False)
        job = results.get_backtest(self.actor, backtest_id)
        found = {"by_check": results.by_check(job), "by_payer": results.by_payer(job)}
        return Response(backtest_dict(job, self.actor) | {name: [_texts(row) for row in found[name]] for name in found})


class Changes(ApiView):
    @documented(
        "The findings behind the numbers of a backtest",
        answer=listing(CHANGE),
        scope=policies.REPORTS,
        query={"change": "new, gone or changed", "check": "id of the check", "payer": "payer id as on the claim"},
    )
    def get(self, request: Request, backtest_id: UUID) -> Response:
        asked = query(request, {"change": results.CHANGES, "check": str, "payer": str})
        job = results.get_backtest(self.actor, backtest_id)
        chosen = {name: asked[name] for name in ("change", "check", "payer") if name in asked}
        return cursor_page(request, results.changes(job, **chosen), change_dict, "id")


class Cancel(ApiView):
    @documented("Stop a backtest; what it found by then stays", answer=BACKTEST, scope=policies.ADMIN)
    @idempotent
    def post(self, request: Request, backtest_id: UUID) -> Response:
        bodies.read(request, {})
        return Response(backtest_dict(trials.cancel_backtest(self.actor, backtest_id, self.now), self.actor))


def backtest_dict(job: Backtest, actor: Actor) -> dict[str, Any]:
    return {
        "id": str(job.pk),
        "status": job.status,
        "from": job.first_day.isoformat(),
        "to": job.last_day.isoformat(),
        "payer": job.payer_id or None,
        "provider": job.npi or None,
        "check": job.check_id or None,
        "revision": str(job.revision_id) if job.revision_id else None,
        "code_tables": job.draft_tables,
        "sessions": job.total,
        "tried": job.done,
        "new": job.new,
        "gone": job.gone,
        "changed": job.changed,
        "cases_opened": job.cases_opened,
        "cases_gone": job.cases_gone,
        "amount_at_risk_before": str(job.risk_before),
        "amount_at_risk_after": str(job.risk_after),
        "currency": CURRENCY,
        "present_pack": job.present_pack,
        "draft_pack": job.draft_pack,
        "started_at": job.started_at.isoformat(),
        "started_by": job.started_by_name,
        "ended_at": job.ended_at.isoformat() if job.ended_at else None,
        "allowed_actions": policies.job_actions(actor, job),
    }


def change_dict(row: BacktestChange) -> dict[str, Any]:
    session = row.about.session
    return {
        "session_id": str(session.pk),
        "session": session.external_id,
        "provider": session.provider.npi,
        "payer": session.payer.payer_id,
        "date_of_service": session.date_of_service.isoformat(),
        "change": row.change,
        "check": row.check_id,
        "service_line": row.service_line,
        "severity_before": row.severity_before or None,
        "severity_after": row.severity_after or None,
        "amount_before": _text(row.amount_before),
        "amount_after": _text(row.amount_after),
        "currency": CURRENCY,
        "message": row.message,
    }


def _text(amount: Any) -> str | None:
    return None if amount is None else str(amount)


def _texts(row: dict[str, Any]) -> dict[str, Any]:
    """Sums of money are texts, as everywhere."""
    return {
        ("check" if name == "check_id" else name): _text(value) if name == "money" else value
        for name, value in row.items()
    }
