"""Payments of payers: the list, one with its claims and balance, and claims that wait for people."""

from __future__ import annotations

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
from disputes.models import AccountAdjustment, ClaimAdjustment, Remittance
from disputes.selectors import allowances
from disputes.selectors import remittances as selectors
from disputes.selectors.takebacks import takebacks_of, waiting_takebacks_count
from disputes.services import remittances as services

STANDINGS = (("", "All"), ("off", "Sums disagree"), ("takebacks", "With takebacks"))


@require_GET
@page
def listed(request: PageRequest) -> HttpResponse:
    """``show`` narrows to payments whose sums disagree or that take back; ``trace`` and ``import`` name some."""
    asked = {name: request.GET.get(name, "")[:80] for name in ("show", "trace", "import")}
    rows = selectors.narrowed(selectors.visible_remittances(request.actor), asked)
    found, mark = selectors.page_of(rows, request.GET.get("after", ""))
    kept = {name: value for name, value in asked.items() if value}
    context = {
        "rows": [(row, remittance_words.balance(row)) for row in found],
        "asked": asked,
        "standings": STANDINGS,
        "waiting": selectors.waiting_count(request.actor),
        "takebacks": waiting_takebacks_count(request.actor),
        "next_url": selectors.address(kept | {"after": mark}) if mark else "",
        "first_url": selectors.address(kept) if request.GET.get("after") else "",
        "may_work": request.actor.is_staff,
    }
    return render(request, "disputes/remittances.html", context)


@require_GET
@page
def waiting(request: PageRequest) -> HttpResponse:
    """The work list: claims whose session is not known."""
    found, mark = selectors.waiting_page(request.actor, request.GET.get("after", ""))
    context = {
        "rows": found,
        "next_url": selectors.address({"after": mark}) if mark else "",
        "first_url": reverse("remittances-waiting") if request.GET.get("after") else "",
    }
    return render(request, "disputes/remittances_waiting.html", context)


@require_GET
@page
def show(request: PageRequest, remittance_id: UUID) -> HttpResponse:
    return _show(request, selectors.get_remittance(request.actor, remittance_id))


def _show(request: PageRequest, payment: Remittance, refused: Refused | None = None) -> HttpResponse:
    after = request.GET.get("after", "")
    number = int(after) if after.isascii() and after.isdigit() and len(after) < 9 else 0
    parts, following = selectors.claims_of(request.actor, payment, number)
    account = selectors.account_of(request.actor, payment)
    tied = selectors.tied_to(payment, account)
    takebacks = takebacks_of(request.actor, payment) if account else {}
    allowed = allowances.of_claims(parts)
    shown = [_claim_row(each, allowed.get(each.claim.pk, [])) for each in parts]
    context = {
        "payment": payment,
        "balance": remittance_words.balance(payment),
        "method": remittance_words.method(payment),
        "expected": payment.claims_paid - payment.adjusted,
        "claims": shown,
        "off_contract": sum(bool(each["allowed"]) for each in shown),
        "account": [_account_row(row, tied.get(row.pk, [])) | {"takeback": takebacks.get(row.pk)} for row in account],
        "next_url": f"?after={following}" if following else "",
        "first_url": reverse("remittance", args=[payment.pk]) if number else "",
        "may_accept": request.actor.is_staff and not payment.usable,
        "refused": refused,
    }
    return render(request, "disputes/remittance.html", context, status=200 if refused is None else 422)


def _claim_row(parts: selectors.ClaimParts, allowed: list[allowances.Allowance]) -> dict[str, Any]:
    found = [*parts.adjustments, *(row for _, rows in parts.lines for row in rows)]
    return {
        "row": parts.claim,
        "status": remittance_words.claim_status(parts.claim.claim_status),
        "codes": [line.code for line, _ in parts.lines],
        "reasons": [_reason_row(row) for row in found],
        "remarks": [*parts.claim.remarks, *(code for line, _ in parts.lines for code in line.remarks)],
        "allowed": [(each.session, told) for each in allowed if (told := remittance_words.allowance(each))],
        "match": parts.claim.match,
        "sessions": list({session.pk: session for session in parts.sessions.values()}.values()),
        "how": remittance_words.HOW[parts.claim.match.how],
    }


def _reason_row(row: ClaimAdjustment) -> dict[str, Any]:
    return {"words": remittance_words.reason(row), "amount": row.amount}


def _account_row(row: AccountAdjustment, others: list[AccountAdjustment]) -> dict[str, Any]:
    label, did = remittance_words.account(row)
    return {"row": row, "label": label, "did": did, "others": others}


@require_POST
@page
def accept(request: PageRequest, remittance_id: UUID) -> HttpResponse:
    try:
        services.accept_balance(request.actor, remittance_id, request.POST.get("reason", ""), request.now)
    except Refused as refused:
        return _show(request, selectors.get_remittance(request.actor, remittance_id), refused)
    messages.success(request, "Accepted. What this payment takes back is looked at now.")
    return HttpResponseRedirect(reverse("remittance", args=[remittance_id]))


@require_GET
@page
def claim(request: PageRequest, claim_id: UUID) -> HttpResponse:
    return _claim(request, claim_id)


def _claim(request: PageRequest, claim_id: UUID, refused: Refused | None = None) -> HttpResponse:
    found = selectors.get_claim(request.actor, claim_id)
    [parts] = selectors.parts_of([found])
    context = {
        "claim": found,
        "shown": _claim_row(parts, allowances.of_claims([parts]).get(found.pk, [])),
        "lines": [(line, parts.sessions.get(line.number)) for line, _ in parts.lines],
        "candidates": selectors.candidates_of(request.actor, found.match),
        "may_work": request.actor.is_staff,
        "typed": request.POST,
        "refused": refused,
    }
    return render(request, "disputes/remittance_claim.html", context, status=200 if refused is None else 422)


@require_POST
@page
def match(request: PageRequest, claim_id: UUID) -> HttpResponse:
    policies.require_worker(request.actor)
    form = request.POST
    chosen = form.get("other", "").strip() or form.get("session", "")
    try:
        services.match_by_hand(request.actor, claim_id, chosen, form.get("reason", ""), request.now)
    except Refused as refused:
        return _claim(request, claim_id, refused)
    messages.success(request, "Matched, and remembered for later files of this payer.")
    return HttpResponseRedirect(reverse("remittance-claim", args=[claim_id]))


@require_POST
@page
def aside(request: PageRequest, claim_id: UUID) -> HttpResponse:
    policies.require_worker(request.actor)
    try:
        services.set_aside(request.actor, claim_id, request.POST.get("reason", ""), request.now)
    except Refused as refused:
        return _claim(request, claim_id, refused)
    messages.success(request, "Set aside, and remembered for later files of this payer.")
    return HttpResponseRedirect(reverse("remittances-waiting"))
