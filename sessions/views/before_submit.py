"""Check before you submit: a form for one session, a box for a small file; the same engine, nothing stored."""

from __future__ import annotations

from collections import Counter
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from clawguard.access.pages import PageRequest, page
from clawguard.access.problems import Problem
from clawguard.domain.checks import Severity
from sessions import selectors
from sessions.check_form import SessionForm
from sessions.services import before_submit
from sessions.services.dry_run import Checked
from sessions.services.file_check import FileReport
from sessions.views.checks import layout
from sessions.views.shapes import fresh_cards

MOST_SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
@page
def check_session(request: PageRequest) -> HttpResponse:
    npi, form = _form(request, request.POST or None)
    answer = None
    if form.is_bound and form.is_valid():
        try:
            answer = _answer(request, before_submit.check_one(request.actor, form.body(npi), request.now))
        except Problem as problem:
            form.say(problem.errors)
    return _page(request, form, answer=answer)


@require_POST
@page
def check_file(request: PageRequest) -> HttpResponse:
    _, form = _form(request, None)
    file = request.FILES.get("file")
    name, content = (file.name or "", file.read(before_submit.LARGEST + 1)) if file else ("", _pasted(request))
    try:
        report = before_submit.check_small_file(request.actor, name, content, request.now)
    except Problem as problem:
        return _page(request, form, refusal=problem)
    return _page(request, form, file=_file(request, report))


def _pasted(request: PageRequest) -> bytes:
    return request.POST.get("text", "").encode()


def _form(request: PageRequest, data: Any) -> tuple[str, SessionForm]:
    npi, defaults = before_submit.defaults_of(request.actor)
    payers = [(payer.payer_id, str(payer), payer.kind) for payer in selectors.payers()]
    today = request.now.astimezone(ZoneInfo(defaults.time_zone or "UTC")).date()
    return npi, SessionForm(data, defaults, payers, today)


def _answer(request: PageRequest, checked: Checked) -> dict[str, Any]:
    cards = fresh_cards(checked.findings, request.actor)
    asks = any(card["severity"] != Severity.INFO for card in cards)
    shown: dict[str, Any] = {"facts": checked.facts, "cards": cards, "asks": asks}
    return shown if request.actor.is_provider else shown | {"at_risk": checked.at_risk}


def _file(request: PageRequest, report: FileReport) -> dict[str, Any]:
    with report:
        rows = [(number, _answer(request, checked)) for number, checked in report.sessions()]
        problems = list(report.problems())
    remarks = Counter(card for _, answer in rows for card in _remarks(answer))
    told = [(number, _asking(answer)) for number, answer in rows if answer["asks"]]
    return {
        "read": report.rows,
        "sessions": len(rows),
        "quiet": len(rows) - len(told),
        "rows": told[:MOST_SHOWN],
        "remarks": [{"count": count, "check_id": check, "title": title} for (check, title), count in remarks.items()],
        "more": max(0, len(told) - MOST_SHOWN),
        "problems": problems[:MOST_SHOWN],
    }


def _remarks(answer: dict[str, Any]) -> set[tuple[str, str]]:
    """What is only said for information of a session. Of a file it is told once with its count: five hundred sessions
    of a day without a diagnosis table would bury what asks for something."""
    return {(card["check_id"], card["title"]) for card in answer["cards"] if card["severity"] == Severity.INFO}


def _asking(answer: dict[str, Any]) -> dict[str, Any]:
    return answer | {"cards": [card for card in answer["cards"] if card["severity"] != Severity.INFO]}


def _page(request: PageRequest, form: SessionForm, **more: Any) -> HttpResponse:
    context = {
        "layout": layout(request),
        "staff": not request.actor.is_provider,
        "form": form,
        "zone": form.defaults.time_zone,
        "largest": before_submit.LARGEST // 1024,
    }
    return render(request, "sessions/before_submit.html", context | more)
