"""The rule catalogue. Everybody who is signed in may read how they are judged."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clawguard.access.pages import PageRequest, page
from clawguard.domain.checks import CheckInfo, Severity
from sessions import catalogue, hooks, selectors
from sessions.services import tables
from sessions.views import health

SEVERITY_WORDS = [("", "Any"), ("error", "Needs a change"), ("warning", "Please review"), ("info", "For information")]


def layout(request: PageRequest) -> str:
    return "provider.html" if request.actor.is_provider else "staff.html"


@require_GET
@page
def check_list(request: PageRequest) -> HttpResponse:
    """``q`` words, ``code`` a billed code, ``payer`` those a payer decided differently, ``category``, ``severity``."""
    asked = {name: request.GET.get(name, "")[:100] for name in ("q", "category", "severity", "code", "payer")}
    severity = asked["severity"] if asked["severity"] in set(Severity) else ""
    in_force = tables.current()
    rows = catalogue.catalogue(in_force.procedures, asked["q"], asked["category"], severity, asked["code"])
    if asked["payer"]:
        differing = catalogue.decided_differently(in_force, asked["payer"], request.now.date())
        rows = [info for info in rows if info.id in differing]
    context = {
        "layout": layout(request),
        "reader": request.actor.is_reader,
        "rows": rows,
        "families": _families(rows),
        "asked": asked | {"severity": severity},
        "filtered": any(asked.values()),
        "categories": catalogue.categories(),
        "severities": SEVERITY_WORDS,
        "payers": selectors.payers(),
    }
    return render(request, "sessions/checks.html", context)


def _families(rows: list[catalogue.Entry]) -> list[tuple[str, list[catalogue.Entry]]]:
    """The checks of each category, in order of id."""
    found: dict[str, list[catalogue.Entry]] = {}
    for info in rows:
        found.setdefault(info.category, []).append(info)
    return list(found.items())


@require_GET
@page
def check_page(request: PageRequest, check_id: str) -> HttpResponse:
    info, actor, in_force = catalogue.get_entry(check_id), request.actor, tables.current()
    judged = isinstance(info, CheckInfo)  # a pattern has no findings of sessions to be judged
    context: dict[str, Any] = {
        "layout": layout(request),
        "staff": not actor.is_provider,
        "health": health.of_check(actor, info.id, request.GET, request.now) if actor.is_reader and judged else None,
        "outcomes": hooks.outcomes(actor, info.id, request.now) if actor.is_reader and judged else [],
        "check": info,
        "codes": sorted(info.billed_in(in_force.procedures) or ()),
        "parts": catalogue.article(info.id, in_force),
        "choices": catalogue.choices(info.id, in_force),
    }
    return render(request, "sessions/check.html", context)
