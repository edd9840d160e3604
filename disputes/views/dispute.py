"""Staff pages of clients' disputes."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clawguard.access.pages import PageRequest, page
from clawguard.events.errors import Refused
from disputes import policies, selectors, services, wording
from disputes.models import Dispute
from disputes.selectors.disputes import words_of


class NewDisputeForm(forms.Form):
    """What a client told the network about a fee or a bill."""

    kind = forms.ChoiceField(choices=Dispute.KINDS, label="What it is about")
    session = forms.CharField(
        max_length=80, required=False, label="Session number", help_text="If it is about a session."
    )
    provider = forms.CharField(max_length=10, required=False, label="Provider's NPI", help_text="Without a session.")
    service_date = forms.DateField(
        required=False,
        label="Day of the service",
        help_text="Without a session.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    amount = forms.DecimalField(max_digits=10, decimal_places=2, min_value=0, label="Fee or bill in dollars")
    notice_hours = forms.IntegerField(
        required=False, min_value=0, max_value=720, label="Notice hours of the policy the client agreed to"
    )
    statement = forms.CharField(
        max_length=10_000, label="What the client says", widget=forms.Textarea, help_text="In the client's words."
    )


@require_GET
@page
def dispute_list(request: PageRequest) -> HttpResponse:
    """Disputes are one of the views of triage; this address leads there."""
    policies.require_staff_view(request.actor)
    return HttpResponseRedirect(f"{reverse('triage')}?view=disputes")


@require_http_methods(["GET", "POST"])
@page
def new(request: PageRequest) -> HttpResponse:
    policies.require_worker(request.actor)
    form = NewDisputeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}
        try:
            dispute = services.open_dispute(request.actor, services.NewDispute(**given), request.now)
        except Refused as refused:
            field = refused.pointer.strip("/")
            form.add_error(field if field in form.fields else None, refused.message)
        else:
            messages.success(request, "Entered. The provider is shown it and told by mail.")
            return HttpResponseRedirect(reverse("dispute", args=[dispute.pk]))
    return render(request, "disputes/dispute_new.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@page
def show(request: PageRequest, dispute_id: UUID) -> HttpResponse:
    return _page(request, dispute_id)


def _page(request: PageRequest, dispute_id: UUID, refused: Refused | None = None) -> HttpResponse:
    dispute = selectors.get_dispute(request.actor, dispute_id)
    policies.require_staff_view(request.actor)
    context = {
        "dispute": dispute,
        "title": wording.dispute_title(dispute),
        "status_words": wording.DISPUTE_WORDS[dispute.status],
        "words": words_of(request.actor, dispute),
        "state": wording.dispute_state(dispute, request.now),
        "actions": policies.dispute_actions(request.actor, dispute),
        "clock": selectors.dispute_clock(dispute, request.now),
        "outcomes": Dispute.OUTCOMES,
        "now": request.now,
        "refused": refused,
        "typed": request.POST,
    }
    return render(request, "disputes/dispute.html", context, status=200 if refused is None else 422)


@require_POST
@page
def decide(request: PageRequest, dispute_id: UUID) -> HttpResponse:
    form = request.POST
    selectors.get_dispute(request.actor, dispute_id)
    try:
        amount = Decimal(form["amount"]) if form.get("amount", "").strip() else None
        outcome, reason = form.get("outcome", ""), form.get("reason", "")
        services.decide_dispute(request.actor, dispute_id, outcome, amount, reason, request.now)
    except InvalidOperation:
        return _page(
            request, dispute_id, Refused("amount", "Give the reduced fee in dollars, such as 40.00.", "/amount")
        )
    except Refused as refused:
        return _page(request, dispute_id, refused)
    messages.success(request, "Decided.")
    return HttpResponseRedirect(reverse("dispute", args=[dispute_id]))


@require_POST
@page
def withdraw(request: PageRequest, dispute_id: UUID) -> HttpResponse:
    services.withdraw(request.actor, dispute_id, request.POST.get("reason", ""), request.now)
    messages.success(request, "Withdrawn. The provider owes nothing more here.")
    return HttpResponseRedirect(reverse("dispute", args=[dispute_id]))


@require_POST
@page
def deliver_again(request: PageRequest, dispute_id: UUID) -> HttpResponse:
    services.deliver_again(request.actor, dispute_id, request.now)
    messages.success(request, "Delivered; the answer time runs.")
    return HttpResponseRedirect(reverse("dispute", args=[dispute_id]))
