"""Pages of webhooks: the endpoints, one endpoint with its log, and what an administrator does with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from clawguard.access.pages import PageRequest, page
from clawguard.events.errors import Refused
from clawguard.ids import new_id_text
from clawguard.ui.toasts import toast
from clawguard.webhooks import policies, selectors, services, words
from clawguard.webhooks.topics import TOPICS

PAGE = 50
YEARS = range(2000, 2101)  # a day outside them is a slip of the keyboard


@require_http_methods(["GET", "HEAD", "POST"])
@page
def listed(request: PageRequest) -> HttpResponse:
    """All endpoints, and the form for another one; its answer shows the secret, this once."""
    if request.method != "POST":
        return _list(request)
    form = request.POST
    try:
        new = services.NewEndpoint(
            form.get("name", ""), form.get("url", "").strip(), form.getlist("topics"), _uuid(form.get("form", ""))
        )
        endpoint, secret = services.create_endpoint(request.actor, new, request.now)
    except Refused as refused:
        return _list(request, refused)
    return _secret(request, endpoint, secret, 201)


def _list(request: PageRequest, refused: Refused | None = None) -> HttpResponse:
    rows = [(row, words.of_endpoint(row)) for row in selectors.endpoints(request.actor)]
    context = {
        "rows": rows,
        "topics": TOPICS,
        "chosen": request.POST.getlist("topics"),
        "typed": request.POST,
        "form": new_id_text(),
        "refused": refused,
        "may_manage": policies.may_manage(request.actor),
    }
    return render(request, "webhooks/list.html", context, status=422 if refused else 200)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refused("form", "Open this page anew and try again.") from None


def _secret(request: PageRequest, endpoint: Any, secret: str, status: int = 200) -> HttpResponse:
    return render(request, "webhooks/secret.html", {"endpoint": endpoint, "secret": secret}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def show(request: PageRequest, endpoint_id: UUID) -> HttpResponse:
    """One endpoint: its settings, which a POST changes, and its log."""
    if request.method != "POST":
        return _show(request, endpoint_id)
    form = request.POST
    changes = {"name": form.get("name", ""), "url": form.get("url", "").strip(), "topics": form.getlist("topics")}
    try:
        services.change_endpoint(request.actor, endpoint_id, changes, request.now)
    except Refused as refused:
        return _show(request, endpoint_id, refused)
    toast(request, "Saved.")
    return redirect("webhook", endpoint_id)


def _show(request: PageRequest, endpoint_id: UUID, refused: Refused | None = None) -> HttpResponse:
    endpoint = selectors.get_endpoint(request.actor, endpoint_id)
    state = request.GET.get("state", "")
    found = selectors.log_page(endpoint, state, request.GET.get("after", ""), PAGE)
    typed = request.POST if refused is not None and refused.pointer in ("/name", "/url", "/topics") else None
    context = {
        "endpoint": endpoint,
        "state": words.of_endpoint(endpoint),
        "log": [words.log_row(row, request.now) for row in found.rows],
        "chosen_state": state,
        "states": words.STATES,
        "next_url": f"?state={state if state in selectors.STATES else ''}&after={found.next_mark}"
        if found.next_mark
        else "",
        "later": bool(request.GET.get("after")),
        "topics": TOPICS,
        "name": typed.get("name", "") if typed else endpoint.name,
        "url": typed.get("url", "") if typed else endpoint.url,
        "chosen": typed.getlist("topics") if typed else endpoint.topics,
        "refused": refused,
        "may_manage": policies.may_manage(request.actor) and endpoint.status != "retired",
        "roll_fields": {"number": str(endpoint.secret_number)},
        "rolling": endpoint.former_until is not None and request.now < endpoint.former_until,
    }
    return render(request, "webhooks/endpoint.html", context, status=422 if refused else 200)


@require_POST
@page
def roll(request: PageRequest, endpoint_id: UUID) -> HttpResponse:
    """A new secret; the answer shows it, this once."""
    typed = request.POST.get("number", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0
    return _secret(request, *services.roll_secret(request.actor, endpoint_id, number, request.now))


def _done(service: Callable[..., Any], said: str) -> Callable[..., HttpResponse]:
    @require_POST
    @page
    def view(request: PageRequest, endpoint_id: UUID) -> HttpResponse:
        service(request.actor, endpoint_id, request.now)
        toast(request, said)
        return redirect("webhook", endpoint_id)

    return view


pause = _done(services.pause_endpoint, "Paused. What happens meanwhile waits.")
resume = _done(services.resume_endpoint, "Resumed. What waited is sent now.")
retire = _done(services.retire_endpoint, "Retired. Nothing more is sent to it.")
test = _done(services.send_test, "A test message is on its way. Its result appears in the log.")


@require_POST
@page
def replay(request: PageRequest, endpoint_id: UUID, message_id: UUID) -> HttpResponse:
    services.replay_message(request.actor, endpoint_id, message_id, request.now)
    toast(request, "On its way again, under the same id.")
    return redirect("webhook", endpoint_id)


@require_POST
@page
def replay_period(request: PageRequest, endpoint_id: UUID) -> HttpResponse:
    """From the beginning of one day to the end of another, in staff's zone."""
    form, only = request.POST, request.POST.get("given_up_only") == "1"
    try:
        start, end = _day(form.get("from", ""), "/from"), _day(form.get("to", ""), "/to") + dt.timedelta(days=1)
        period = _midnight(start), _midnight(end)
        count = services.replay_period(request.actor, endpoint_id, *period, request.now, parked_only=only)
    except Refused as refused:
        return _show(request, endpoint_id, refused)
    toast(request, f"{count} message{'' if count == 1 else 's'} on their way again." if count else "Nothing to send.")
    return redirect("webhook", endpoint_id)


def _day(typed: str, pointer: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(typed)
    except ValueError:
        raise Refused("date", "Give both days, such as 2026-11-24.", pointer) from None
    if day.year not in YEARS:
        raise Refused("date", f"Give a day between {YEARS[0]} and {YEARS[-1]}.", pointer)
    return day


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), ZoneInfo(settings.STAFF_TIME_ZONE))
