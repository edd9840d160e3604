"""Takebacks that name no claim of one session: the work list, and one with the form that divides it."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from clawguard.access.pages import PageRequest, page
from clawguard.events.errors import Refused
from disputes import policies, remittance_words
from disputes.models import AccountMatch
from disputes.selectors import remittances as remittance_selectors
from disputes.selectors import takebacks as selectors
from disputes.services import remittances as services

SPARE, MOST = 2, 20  # empty rows of the form, and rows that are read


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
        "fields": _fields(request.POST, found, shares or selectors.may_be(claims)),
        "may_work": request.actor.is_staff,
        "typed": request.POST,
        "refused": refused,
    }
    return render(request, "disputes/takeback.html", context, status=200 if refused is None else 422)


def _fields(typed: Any, match: AccountMatch, offered: list[selectors.Share]) -> list[dict[str, Any]]:
    """The rows of the form: what was typed, else what was said or may be meant; and some empty ones."""
    if "session" in typed:
        rows = [_field(name, amount) for name, amount in _pairs(typed)]
    else:
        rows = [
            {"session": s.session.external_id, "amount": cents(s.amount), "about": s} for s in offered[: MOST - SPARE]
        ]
        if not rows:
            rows = [_field("", cents(match.adjustment.amount))]
    return [*rows, *(_field("", "") for _ in range(SPARE))][:MOST]


def _field(session: str, amount: str, about: selectors.Share | None = None) -> dict[str, Any]:
    return {"session": session, "amount": amount, "about": about}


def cents(amount: Decimal | None) -> str:
    """As it stands in the form."""
    return "" if amount is None else f"{abs(amount):.2f}"


def _pairs(typed: Any) -> list[tuple[str, str]]:
    """Rows with a session; an amount beside no session is nothing."""
    pairs = zip(typed.getlist("session")[:MOST], typed.getlist("amount")[:MOST], strict=False)
    return [(name.strip()[:80], amount.strip()) for name, amount in pairs if name.strip()]


def _said(typed: Any) -> list[services.Said]:
    """Without the offered sessions that were given no amount."""
    return [services.Said(name, _amount(name, amount)) for name, amount in _pairs(typed) if amount]


def _amount(name: str, text: str) -> Decimal:
    try:
        amount = Decimal(text.replace(",", "").removeprefix("$"))
    except InvalidOperation:
        raise Refused("amount", f"Give session {name} an amount in dollars, such as 75.00.", "/shares") from None
    if not amount.is_finite() or amount >= 10**8 or amount != round(amount, 2):
        raise Refused("amount", f"Give session {name} an amount in dollars and cents, such as 75.00.", "/shares")
    return amount


@require_POST
@page
def divide(request: PageRequest, match_id: UUID) -> HttpResponse:
    policies.require_worker(request.actor)
    try:
        services.divide(request.actor, match_id, _said(request.POST), request.POST.get("reason", ""), request.now)
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
