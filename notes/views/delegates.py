"""The provider's page of who answers in their name and when they are away; handing one request over; an invitation."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clawguard.access import Refused, page
from clawguard.access.pages import PageRequest
from clawguard.accounts import arriving, delegates
from clawguard.accounts.actors import NotAllowed
from clawguard.clock import now as read_clock
from clawguard.ui.toasts import toast
from notes import policies, services
from notes.services.being_away import today_of
from notes.services.delegating import INVITATION_LASTS
from notes.views.doors import form_id


@require_safe
@page
def my_delegates(request: PageRequest) -> HttpResponse:
    return _draw(request)


def _draw(request: PageRequest, problem: Refused | None = None) -> HttpResponse:
    policies.require_provider(request.actor)
    provider = request.user.provider
    if provider is None:
        raise NotAllowed
    today = today_of(provider, request.now)
    people = list(delegates.invited(provider.pk))
    shown = {
        "people": people,
        "standing": [row for row in people if row.accepted_at is not None],
        "absences": list(delegates.absences(provider.pk, today)),
        "today": today,
        "now": request.now,
        "zone": provider.time_zone,
        "problem": problem,
        "typed": request.POST if problem else {},
        "days": INVITATION_LASTS.days,
    }
    return render(request, "notes/delegates.html", shown, status=422 if problem else 200)


@require_POST
@page
def invite(request: PageRequest) -> HttpResponse:
    post = request.POST
    wide = post.get("everything") == "1"
    try:
        row = services.invite_delegate(request.actor, post.get("name", ""), post.get("email", ""), wide, request.now)
    except Refused as refused:
        return _draw(request, refused)
    toast(request, f"An invitation is on its way to {row.email}.")
    return redirect("my-delegates")


@require_POST
@page
def end(request: PageRequest, delegation_id: UUID) -> HttpResponse:
    row = services.end_delegation(request.actor, delegation_id, request.now)
    toast(request, f"{row.name} sees and answers nothing of yours any more.")
    return redirect("my-delegates")


@require_POST
@page
def widen(request: PageRequest, delegation_id: UUID) -> HttpResponse:
    wide = request.POST.get("everything") == "1"
    row = services.widen_delegation(request.actor, delegation_id, wide, request.now)
    toast(request, f"{row.name} sees {'all that waits for you' if wide else 'only what you hand over'} from now on.")
    return redirect("my-delegates")


@require_POST
@page
def enter_absence(request: PageRequest) -> HttpResponse:
    post = request.POST
    try:
        first, last = _day(post.get("first_day", ""), "/first_day"), _day(post.get("last_day", ""), "/last_day")
        chosen = form_id(post["delegation"]) if post.get("delegation") else None
        services.enter_absence(request.actor, first, last, chosen, post.get("only_delegate") == "1", request.now)
    except Refused as refused:
        return _draw(request, refused)
    toast(request, "Entered. You can take it back at any time.")
    return redirect("my-delegates")


def _day(text: str, pointer: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise Refused("day_invalid", "Give a day, for example 2026-12-24.", pointer) from None


@require_POST
@page
def undo_absence(request: PageRequest, absence_id: UUID) -> HttpResponse:
    services.undo_absence(request.actor, absence_id, request.now)
    toast(request, "Taken back. What was handed over for it is yours alone again.")
    return redirect("my-delegates")


@require_POST
@page
def hand_over(request: PageRequest, request_id: UUID) -> HttpResponse:
    chosen = form_id(request.POST.get("delegation", ""))
    services.hand_over(request.actor, request_id, chosen, request.now)
    toast(request, "Handed over. You can still answer it yourself; the date stays as it is.")
    return redirect("my-request", request_id=request_id)


@require_POST
@page
def take_back(request: PageRequest, request_id: UUID) -> HttpResponse:
    services.take_back(request.actor, request_id, request.now)
    toast(request, "Taken back. Only you see this request now.")
    return redirect("my-request", request_id=request_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what is asked and changes nothing (mail scanners follow links); POST accepts and signs in."""
    now = read_clock()
    try:
        if request.method == "POST":
            return arriving.arrive(request, services.accept_invitation(token, now), "/my", now)
        row = services.invitation(token, now)
    except services.InvitationSpent as spent:
        return render(request, "notes/invitation_spent.html", {"why": spent.why}, status=410)
    return render(request, "notes/invitation.html", {"row": row})
