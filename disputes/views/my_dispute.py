"""A provider's pages about one dispute: what is asked, the answer as a draft, a last look, and the receipt."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from clawguard.access.pages import PageRequest, page
from clawguard.events.errors import NotFound, Refused
from disputes import evidence_input, selectors, services
from disputes.models import Dispute
from disputes.selectors.dispute_pages import asked_for, provider_page
from notes.views.doors import form_id


def _dispute(request: PageRequest, dispute_id: UUID) -> Dispute:
    if not request.actor.answers:
        raise NotFound
    return selectors.get_dispute(request.actor, dispute_id)


def _said(request: PageRequest, dispute: Dispute) -> services.Said:
    """The form as it was sent; without a choice it contests, as an answer in words does."""
    evidence = evidence_input.read_form(request.POST, asked_for(dispute), dispute.provider.time_zone)
    answer = request.POST.get("answer", "contest")
    return services.Said(answer, request.POST.get("text", ""), evidence)


def _show(
    request: PageRequest, dispute: Dispute, said: services.Said | None = None, refused: Refused | None = None
) -> HttpResponse:
    typed: dict[str, Any] | None = None
    if said is not None:
        typed = {"answer": said.answer, "text": said.text, "evidence": said.evidence}
    context = provider_page(request.actor, dispute, request.now, typed) | {"refused": refused}
    return render(request, "disputes/my_dispute.html", context, status=200 if refused is None else 422)


@require_GET
@page
def show(request: PageRequest, dispute_id: UUID) -> HttpResponse:
    dispute = _dispute(request, dispute_id)
    services.mark_seen(request.actor, dispute, request.now)
    return _show(request, dispute)


@require_POST
@page
def hand_over(request: PageRequest, dispute_id: UUID) -> HttpResponse:
    services.hand_over(request.actor, dispute_id, form_id(request.POST.get("delegation", "")), request.now)
    messages.success(request, "Handed over. You can still answer it yourself; the date stays as it is.")
    return HttpResponseRedirect(reverse("my-dispute", args=[dispute_id]))


@require_POST
@page
def take_back(request: PageRequest, dispute_id: UUID) -> HttpResponse:
    services.take_back(request.actor, dispute_id, request.now)
    messages.success(request, "Taken back. Only you see this question now.")
    return HttpResponseRedirect(reverse("my-dispute", args=[dispute_id]))


@require_POST
@page
def review(request: PageRequest, dispute_id: UUID) -> HttpResponse:
    """Keep the draft and show it once more as it would be sent, with what it leads to. Nothing is answered yet."""
    dispute = _dispute(request, dispute_id)
    said = _said(request, dispute)
    try:
        services.check_answer(request.actor, dispute, said)
        kept = services.save_draft(request.actor, dispute_id, said, request.now)
    except Refused as refused:
        return _show(request, dispute, said, refused)
    return render(request, "disputes/my_dispute_review.html", provider_page(request.actor, kept, request.now))


@require_POST
@page
def answer(request: PageRequest, dispute_id: UUID) -> HttpResponse:
    dispute = _dispute(request, dispute_id)
    said = _said(request, dispute)
    try:
        services.answer(request.actor, dispute_id, said, request.now)
    except Refused as refused:
        return _show(request, dispute, said, refused)
    messages.success(request, "Your answer arrived and is kept with its time.")
    return HttpResponseRedirect(reverse("my-dispute-receipt", args=[dispute_id]))


@require_POST
@page
def draft(request: PageRequest, dispute_id: UUID) -> HttpResponse:
    """Saved while the provider types; nothing is answered by it."""
    dispute = _dispute(request, dispute_id)
    services.save_draft(request.actor, dispute_id, _said(request, dispute), request.now)
    return HttpResponse(status=204)


@require_GET
@page
def receipt(request: PageRequest, dispute_id: UUID) -> HttpResponse:
    """What arrived, when, and what happens next. Raises NotFound before there is an answer."""
    dispute = _dispute(request, dispute_id)
    if dispute.answered_at is None:
        raise NotFound
    return render(request, "disputes/my_dispute_receipt.html", provider_page(request.actor, dispute, request.now))
