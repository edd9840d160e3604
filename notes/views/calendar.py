"""The page of business days: what is in force, and how two people change it."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from clawguard.access import Refused, page
from clawguard.access.pages import PageRequest
from clawguard.accounts.models import Role
from clawguard.domain.calendar import HolidayCalendar
from clawguard.domain.regions import REGIONS
from clawguard.ui.toasts import toast
from notes import calendars, selectors_calendar, services
from notes.views.doors import number

HISTORY = 20
MOST_LINES = 40


@require_http_methods(["GET", "HEAD", "POST"])
@page
def show(request: PageRequest) -> HttpResponse:
    problem = None
    if request.method == "POST":
        try:
            _propose(request)
        except Refused as refused:
            problem = refused
        else:
            toast(request, "Proposed. Somebody else publishes it.")
            return _back(request.POST.get("region", ""))
    return _draw(request, problem)


def _propose(request: PageRequest) -> None:
    post = request.POST
    add = _days_of(post.get("add", ""))
    work = [_date(day, "/work") for day in post.getlist("work")]
    last_year = number(post.get("last_year", "")) or None
    why, region, always = post.get("why", ""), post.get("region", ""), post.getlist("work_always")
    if "end" in post:
        services.propose_end(request.actor, region, why, request.now)
        return
    services.propose_calendar(request.actor, add, work, last_year, why, request.now, region=region, work_always=always)


def _days_of(text: str) -> dict[dt.date, str]:
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        message = f"Propose at most {MOST_LINES} days at a time; these are {len(lines)}. Publish some, then the rest."
        raise Refused("too_many_days", message, "/add")
    days: dict[dt.date, str] = {}
    for day, name in map(_line, lines):
        if day in days:
            raise Refused("repeated_day", f"{day} stands here twice. Keep the line with the name you want.", "/add")
        days[day] = name
    return days


def _line(line: str) -> tuple[dt.date, str]:
    """``2026-12-24 Christmas Eve``"""
    day, _, name = line.strip().partition(" ")
    return _date(day, "/add"), " ".join(name.split())


def _date(text: str, pointer: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        message = f"“{text[:20]}” is no day. Write one day and its name a line, such as 2026-12-24 Christmas Eve."
        raise Refused("day", message, pointer) from None


def _draw(request: PageRequest, problem: Refused | None) -> HttpResponse:
    actor, now = request.actor, request.now
    asked = request.POST.get("region") or request.GET.get("region", "")
    region = asked if asked in REGIONS else calendars.NETWORK
    found, own = selectors_calendar.calendar_in_force(actor, region), services.is_own(region)
    today = now.astimezone(ZoneInfo(settings.STAFF_TIME_ZONE)).date()
    soon = _days(found, today.year) + _days(found, today.year + 1)
    year = number(request.GET.get("year", "")) or today.year
    shown = {
        "calendar": found,
        "year": year,
        "days": _days(found, year),
        "earlier": year - 1 if year > found.first_year else None,
        "later": year + 1 if year < found.last_year else None,
        "ahead": [(day, name) for day, name in soon if day > today and day.weekday() not in found.weekend],
        "region": region,
        "region_name": REGIONS.get(region, ""),
        "regions": REGIONS.items(),
        "own": own,
        "own_regions": selectors_calendar.regions_in_force(actor),
        "state_holidays": [] if own else selectors_calendar.state_holidays(actor, region, today),
        "kept": request.POST.getlist("work_always"),
        "proposals": selectors_calendar.proposals(actor),
        "versions": list(selectors_calendar.decided_versions(actor)[:HISTORY]),
        "warning": calendars.warning(now, found),
        "may_propose": actor.role == Role.LEAD,
        "may_publish": actor.role in (Role.LEAD, Role.ADMIN),
        "problem": problem,
        "typed": request.POST,
        "zone": settings.STAFF_TIME_ZONE,
    }
    return render(request, "notes/calendar.html", shown, status=422 if problem else 200)


def _back(region: str) -> HttpResponse:
    return redirect(reverse("calendar") + (f"?region={region}" if region in REGIONS else ""))


def _days(found: HolidayCalendar, year: int) -> list[tuple[dt.date, str]]:
    return sorted((day, name) for day, name in found.holidays.items() if day.year == year)


@require_POST
@page
def publish(request: PageRequest, version_id: int) -> HttpResponse:
    row = services.publish_calendar(request.actor, version_id, request.now)
    toast(request, "Published. Clocks that start from now on count with it.")
    return _back(row.region)


@require_POST
@page
def discard(request: PageRequest, version_id: int) -> HttpResponse:
    row = services.discard_calendar(request.actor, version_id, request.now)
    toast(request, "The proposal is discarded.")
    return _back(row.region)
