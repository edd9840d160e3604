"""Clocks that stand still: one request's, by a lead; every clock's, while our own pages were away."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_POST

from clawguard.access import Refused, page
from clawguard.access.pages import PageRequest
from clawguard.accounts.models import Role
from clawguard.ui.toasts import toast
from clawguard.ui.words import moment
from notes import selectors_clock, services
from notes.models import NotesRequest, PauseReason

ROWS = 50


def shown(row: NotesRequest, now: dt.datetime) -> dict[str, Any]:
    """What a page of a request says of its pauses. Most requests have none, and their count says so without asking."""
    pauses = list(row.pauses.all()) if (row.deadline or {}).get("pauses") else []
    return {
        "pause": next((each for each in pauses if each.stands(now)), None),
        "pauses": pauses,
        "pause_reasons": PauseReason.choices,
        "staff_zone": settings.STAFF_TIME_ZONE,
    }


@require_POST
@page
def pause(request: PageRequest, request_id: UUID) -> HttpResponse:
    post = request.POST
    row = services.pause_clock(
        request.actor, request_id, post.get("reason", ""), post.get("detail", ""), _until(request), request.now
    )
    toast(request, "The clock is paused; the provider is told." if row.paused_at else "The clock is paused until then.")
    return redirect("request-page", request_id=request_id)


def _until(request: PageRequest) -> dt.datetime | None:
    given = request.POST.get("until", "")
    return _moment(given, "/until") if given else None


def _moment(text: str, pointer: str) -> dt.datetime:
    """A moment as a form gives it, on the wall clock of the staff. Raises Refused."""
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise Refused("moment", "Give a day and a time.", pointer)
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(settings.STAFF_TIME_ZONE))


@require_POST
@page
def resume(request: PageRequest, request_id: UUID) -> HttpResponse:
    services.resume_clock(request.actor, request_id, request.now)
    toast(request, "The clock runs again; the provider is told the new date.")
    return redirect("request-page", request_id=request_id)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def outages(request: PageRequest) -> HttpResponse:
    """What is recorded, and the form that records another one."""
    post, problem = request.POST, None
    if request.method == "POST":
        try:
            found = _moment(post.get("from", ""), "/from"), _moment(post.get("to", ""), "/to")
            services.record_outage(request.actor, *found, post.get("reason", ""), request.now)
        except Refused as refused:
            problem = refused
        else:
            toast(request, "Recorded. Every clock that ran then was recounted, and its provider is told.")
            return redirect("outages")
    drawn = {
        "rows": list(selectors_clock.outages(request.actor)[:ROWS]),
        "lateness": selectors_clock.lateness(request.actor, request.now),
        "may_record": request.actor.role == Role.LEAD,
        "problem": problem,
        "typed": post,
        "latest": moment(request.now, settings.STAFF_TIME_ZONE),
        "zone": settings.STAFF_TIME_ZONE,
    }
    return render(request, "notes/outages.html", drawn, status=422 if problem else 200)
