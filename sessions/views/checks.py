"""The rule catalogue. Everybody who is signed in may read how they are judged."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clawguard.access.pages import PageRequest, page
from clawguard.domain.checks import Severity
from sessions import catalogue
from sessions.views import health

SEVERITY_WORDS = [("", "Any"), ("error", "Needs a change"), ("warning", "Please review"), ("info", "For information")]


def _layout(request: PageRequest) -> str:
    return "provider.html" if request.actor.is_provider else "staff.html"


@require_GET
@page
def check_list(request: PageRequest) -> HttpResponse:
    text, category = request.GET.get("q", "")[:100], request.GET.get("category", "")
    severity = request.GET.get("severity", "")
    severity = severity if severity in set(Severity) else ""
    context = {
        "layout": _layout(request),
        "reader": request.actor.is_reader,
        "rows": catalogue.catalogue(text, category, severity),
        "q": text,
        "category": category,
        "severity": severity,
        "categories": catalogue.categories(),
        "severities": SEVERITY_WORDS,
    }
    return render(request, "sessions/checks.html", context)


@require_GET
@page
def check_page(request: PageRequest, check_id: str) -> HttpResponse:
    info = catalogue.get_check(check_id)
    actor = request.actor
    context = {
        "layout": _layout(request),
        "staff": not actor.is_provider,
        "health": health.of_check(actor, info.id, request.GET, request.now) if actor.is_reader else None,
        "check": info,
        "codes": sorted(info.codes) if info.codes is not None else [],
        "article": catalogue.article(info.id),
    }
    return render(request, "sessions/check.html", context)
