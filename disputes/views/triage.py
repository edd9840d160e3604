"""Triage: the staff's home. Views with live counts, filters, rows by time to breach and money."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from clawguard.access.pages import PageRequest, page
from clawguard.access.problems import Problem
from clawguard.events.errors import NotFound
from disputes import policies, services
from disputes.selectors import triage, triage_rows


@require_GET
@page
def triage_page(request: PageRequest) -> HttpResponse:
    """``?view=`` picks a view, else what is late or runs out today; ``state``, ``party``, ``origin`` and ``who`` may
    repeat; ``q`` searches."""
    policies.require_staff_view(request.actor)
    counted = triage.counts(request.actor, request.now)
    view = triage.BY_KEY.get(request.GET.get("view", _first(counted)))
    if view is None:
        raise NotFound
    chosen = {name: request.GET.getlist(name) for name in (*triage.FILTERS, "who")}
    ask = triage_rows.Ask(chosen, request.GET.get("q", ""), request.GET.get("after", ""))
    found = triage_rows.page(request.actor, view, ask, request.now)
    people = triage.colleagues(request.actor)
    narrowed = view.kind == "cases" and (any(chosen.values()) or bool(ask.search.strip()))
    context = {
        "view": view,
        "views": _side(view.key, counted),
        "count": _shown(counted[view.key]),
        "matching": _shown(triage_rows.count(request.actor, view, ask, request.now)) if narrowed else "",
        "rows": found.rows,
        "now": request.now,
        "filters": _filters(ask, people) if view.kind == "cases" else [],
        "filtered": narrowed,
        "elsewhere": _elsewhere(counted),
        "next_url": _address(request, found.next_mark) if found.next_mark else "",
        "first_url": _address(request, "") if ask.after else "",
        "clear_url": f"{reverse('triage')}?view={view.key}",
        "hidden": [("view", view.key)],
        "kept": _kept(request.GET),
        "people": people,
        "may_work": request.actor.is_staff,
    }
    return render(request, "triage/triage.html", context)


def _first(counted: dict[str, int]) -> str:
    """What the day begins with: what is late, if anything is."""
    return "late" if counted["late"] else "today"


def _side(current: str, counted: dict[str, int]) -> list[dict[str, Any]]:
    items = [
        {
            "label": view.label,
            "url": f"{reverse('triage')}?view={view.key}",
            "count": _shown(counted[view.key]),
            "current": view.key == current,
            "late": view.late and counted[view.key] > 0,
            "icon": view.icon,
        }
        for view in triage.VIEWS
    ]
    return [{"title": "Views", "items": items}]


def _elsewhere(counted: dict[str, int]) -> dict[str, str]:
    """The first view that has rows: where to go on from one that has none."""
    view = next((view for view in triage.VIEWS if counted[view.key]), None)
    if view is None:
        return {}
    return {"url": f"{reverse('triage')}?view={view.key}", "action": f"{view.label} ({_shown(counted[view.key])})"}


def _shown(count: int) -> str:
    return f"{count}" if count < triage.COUNTED else f"{triage.COUNTED - 1}+"


def _filters(ask: triage_rows.Ask, people: list[Any]) -> list[dict[str, Any]]:
    search = {"name": "q", "label": "Session, NPI or provider", "value": ask.search, "search": True}
    rows = [
        {"name": name, "label": label, "choices": choices, "chosen": set(ask.chosen[name])}
        for name, (label, _field, choices) in triage.FILTERS.items()
    ]
    who = [("nobody", "Nobody"), *((str(user.pk), user.name) for user in people)]
    return [search, *rows, {"name": "who", "label": "Who", "choices": who, "chosen": set(ask.chosen["who"])}]


def _address(request: HttpRequest, after: str) -> str:
    kept = [(name, value) for name, values in request.GET.lists() for value in values if name != "after"]
    return f"{reverse('triage')}?{urlencode([*kept, ('after', after)] if after else kept)}"


def _kept(given: QueryDict) -> list[tuple[str, str]]:
    """What narrows the list, so that whoever works through it finds it again as it was."""
    names = (*triage.FILTERS, "who", "q", "after")
    return [(name, value) for name in names for value in given.getlist(name) if value]


@require_POST
@page
def assign_many(request: PageRequest) -> HttpResponse:
    """Give the ticked cases to one person: the same service as on the case, once per case, all or nothing."""
    who = request.POST.get("assignee", "")
    try:
        ids = [UUID(value) for value in dict.fromkeys(request.POST.getlist("case")[:200])]
        user_id = UUID(who) if who else None
    except ValueError:
        raise Problem(400, "malformed", "The request cannot be read") from None
    cases = [services.assign(request.actor, case_id, user_id, request.now) for case_id in ids]
    if cases:
        name = cases[0].assignee.name if cases[0].assignee else "nobody"
        messages.success(request, f"{len(cases)} case{'' if len(cases) == 1 else 's'} assigned to {name}.")
    else:
        messages.warning(request, "No case was ticked, so none was assigned.")
    kept = [("view", request.POST.get("view", "today")), *_kept(request.POST)]
    return HttpResponseRedirect(f"{reverse('triage')}?{urlencode(kept)}")
