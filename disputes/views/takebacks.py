"""Takebacks that name no claim of one session: the work list, and one with the form that divides it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from clawguard.access.pages import PageRequest, page
from clawguard.events.errors import Refused
from disputes import policies, remittance_words
from disputes.selectors import remittances as remittance_selectors
from disputes.selectors import takebacks as selectors
from disputes.services import remittances as services
from disputes.views.takeback_form import divide_form, said

AS_BEFORE = "As before: "


@require_GET
@page
def waiting(request: PageRequest) -> HttpResponse:
    found, mark = selectors.takebacks_page(request.actor, request.GET.get("after", ""))
    context = {
        "rows": [(row, *remittance_words.account(row.adjustment)) for row in found],
        "next_url": remittance_selectors.address({"after": mark}) if mark else "",
        "first_url": reverse("remittances-takebacks") if request.GET.get("after") else "",
    }
    return render(request, "disputes/takebacks_waiting.html", context)


@require_GET
@page
def takeback(request: PageRequest, match_id: UUID) -> HttpResponse:
    return _shown(request, match_id)


def _shown(request: PageRequest, match_id: UUID, refused: Refused | None = None) -> HttpResponse:
    found = selectors.get_takeback(request.actor, match_id)
    claims = selectors.claims_named(request.actor, found)
    shares = selectors.shares_of(found)
    before = selectors.said_before(request.actor, found) if found.waits else None
    said_so = shares or (before.shares if before else [])
    label, did = remittance_words.account(found.adjustment)
    context = {
        "match": found,
        "took": found.adjustment,
        "whole": abs(found.adjustment.amount),
        "payment": found.adjustment.remittance,
        "label": label,
        "did": did,
        "how": remittance_words.TAKEBACK_HOW[found.how],
        "claims": [(claim, remittance_words.HOW[claim.how]) for claim in claims],
        "shares": shares,
        "before": before,
        "form": divide_form(
            request.POST, selectors.together(said_so, selectors.may_be(claims)), found.adjustment.amount
        ),
        "reason": request.POST.get(
            "reason", f"{AS_BEFORE}{before.match.reason.removeprefix(AS_BEFORE)}"[:300] if before else ""
        ),
        "may_work": request.actor.is_staff,
        "refused": refused,
    }
    return render(request, "disputes/takeback.html", context, status=200 if refused is None else 422)


@require_POST
@page
def divide(request: PageRequest, match_id: UUID) -> HttpResponse:
    """Keep what the form says; a ``step`` only shows other sessions in it."""
    policies.require_worker(request.actor)
    if request.POST.get("step"):
        return _shown(request, match_id)
    try:
        services.divide(request.actor, match_id, said(request.POST), request.POST.get("reason", ""), request.now)
    except Refused as refused:
        return _shown(request, match_id, refused)
    messages.success(request, "Kept. A case opens for each session whose money is gone, or is told if it stands.")
    return HttpResponseRedirect(reverse("remittance-takeback", args=[match_id]))


@require_POST
@page
def aside(request: PageRequest, match_id: UUID) -> HttpResponse:
    policies.require_worker(request.actor)
    try:
        services.set_takeback_aside(request.actor, match_id, request.POST.get("reason", ""), request.now)
    except Refused as refused:
        return _shown(request, match_id, refused)
    messages.success(request, "Set aside: it is about none of our sessions.")
    return HttpResponseRedirect(reverse("remittances-takebacks"))
