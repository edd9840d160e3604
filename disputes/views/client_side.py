"""The page a client reaches by their link, without an account. Looking changes nothing; one statement uses it up."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from clawguard.clock import now as read_clock
from clawguard.domain.disputes import REASONS
from clawguard.events.errors import NotFound, Refused
from disputes import evidence_input, services, wording
from disputes.models import Dispute
from disputes.services.client_links import KINDS_OF_CLIENTS


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def client_side(request: HttpRequest, token: str) -> HttpResponse:
    """Any link that does not work (any more) is told alike."""
    now = read_clock()
    try:
        dispute = services.peek_client_link(token, now).dispute
        if request.method != "POST":
            return _page(request, dispute)
        return _take(request, token, dispute, now)
    except NotFound:
        return render(request, "disputes/client_link_spent.html", status=404)


def _take(request: HttpRequest, token: str, dispute: Dispute, now: Any) -> HttpResponse:
    evidence = evidence_input.read_form(request.POST, _kinds(dispute), _zone(dispute))
    told = services.Told(request.POST.get("reason", ""), request.POST.get("text", ""), evidence)
    try:
        with transaction.atomic():
            services.take_client_account(token, told, now)
    except Refused as refused:
        return _page(request, dispute, evidence, refused)
    return render(request, "disputes/client_told.html", {"dispute": dispute, "at": now, "zone": _zone(dispute)})


def _page(
    request: HttpRequest, dispute: Dispute, typed: dict[str, Any] | None = None, refused: Refused | None = None
) -> HttpResponse:
    reasons = REASONS.of_kind(dispute.kind, dispute.opened_at.date())
    context = {
        "dispute": dispute,
        "title": wording.dispute_title(dispute),
        "reasons": [(row.id, row.for_client) for row in reasons],
        "fieldsets": _fieldsets(dispute, typed or {}),
        "clock": wording.clock(_zone(dispute)),
        "refused": refused,
        "typed": request.POST,
    }
    return render(request, "disputes/client_side.html", context, status=200 if refused is None else 422)


def _fieldsets(dispute: Dispute, typed: dict[str, Any]) -> list[dict[str, Any]]:
    """What a client may know; whether proof was seen is for others to say."""
    drawn = evidence_input.fieldsets(_kinds(dispute), typed, _zone(dispute))
    for shown in drawn:
        shown["fields"] = [field for field in shown["fields"] if field["name"] != "emergency.proof_seen"]
    return drawn


def _kinds(dispute: Dispute) -> tuple[str, ...]:
    return KINDS_OF_CLIENTS if dispute.kind == "cancellation_fee" else ()


def _zone(dispute: Dispute) -> str:
    return dispute.client_time_zone or dispute.provider.time_zone
