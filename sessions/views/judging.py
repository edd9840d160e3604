"""Several findings of one check judged at once: look first, judge with one reason, see each row, undo."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from clawguard.access.pages import PageRequest, page
from clawguard.domain.checks.dismissals import offered
from clawguard.events.errors import Refused
from clawguard.ui.toasts import toast
from sessions import catalogue, forms, selectors, services
from sessions.finding_words import until_words
from sessions.models import Judgement
from sessions.services.judging import DONE, TAKEN_BACK, TIME_TO_UNDO

DECISIONS = ("confirm", "dismiss")


@require_POST
@page
def preview(request: PageRequest, check_id: str) -> HttpResponse:
    return _preview(request, check_id)


def _preview(request: PageRequest, check_id: str, refused: Refused | None = None) -> HttpResponse:
    info = catalogue.get_check(check_id)
    rows = services.preview_judgement(request.actor, info.id, forms.identifiers(request.POST.getlist("finding")))
    context = {
        "check": info,
        "decision": forms.choice(request.POST, "decision", DECISIONS),
        "rows": rows,
        "count": sum(not row.obstacle for row in rows),
        "reasons": offered(info.id),
        "refused": refused,
        "typed": request.POST,
    }
    return render(request, "sessions/judge_preview.html", context, status=422 if refused else 200)


@require_POST
@page
def judge(request: PageRequest, check_id: str) -> HttpResponse:
    info, decision = catalogue.get_check(check_id), forms.choice(request.POST, "decision", DECISIONS)
    ids = forms.identifiers(request.POST.getlist("finding"))
    try:
        verdict = forms.verdict(decision, info.id, request.POST, request.now)
        done = services.judge_findings(request.actor, info.id, ids, verdict, request.now)
    except Refused as refused:
        return _preview(request, check_id, refused)
    toast(request, _told(done), reverse("judgement-undo", args=[done.pk]))
    return HttpResponseRedirect(reverse("judgement", args=[done.pk]))


def _told(done: Judgement) -> str:
    count = sum(row["result"] == DONE for row in done.rows)
    return f"{count} finding{'' if count == 1 else 's'} {done.verdict}."


@require_GET
@page
def show(request: PageRequest, judgement_id: UUID) -> HttpResponse:
    done = services.get_judgement(request.actor, judgement_id)
    known = selectors.findings_by_id(request.actor, [UUID(row["finding"]) for row in done.rows])
    rows = [(known[row["finding"]], _result(done, row["result"])) for row in done.rows if row["finding"] in known]
    context: dict[str, Any] = {
        "done": done,
        "told": _told(done),
        "check": catalogue.get_check(done.check_id),
        "until": until_words(done.dismissed_until),
        "rows": rows,
        "may_undo": done.undone_at is None and request.now <= done.at + TIME_TO_UNDO,
    }
    return render(request, "sessions/judgement.html", context)


def _result(done: Judgement, result: str) -> str:
    return done.verdict if result == DONE else result


@require_POST
@page
def undo(request: PageRequest, judgement_id: UUID) -> HttpResponse:
    done = services.undo_judgement(request.actor, judgement_id, request.now)
    count = sum(row["result"] == TAKEN_BACK for row in done.rows)
    toast(request, f"Taken back: {count} finding{'' if count == 1 else 's'} to be judged again.")
    return HttpResponseRedirect(reverse("judgement", args=[done.pk]))
