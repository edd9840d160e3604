"""Staff pages of clients' disputes."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clawguard.access.pages import PageRequest, page
from clawguard.clock import now as read_clock
from clawguard.events.errors import Refused
from disputes import policies, selectors, services
from disputes.dispute_form import NewDisputeForm
from disputes.selectors.dispute_pages import staff_page
from disputes.selectors.disputes import provider_zone


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
    form = NewDisputeForm(request.POST or None, zone_of=partial(provider_zone, request.actor))
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
    return dispute_page(request, dispute_id)


def dispute_page(request: PageRequest, dispute_id: UUID, refused: Refused | None = None) -> HttpResponse:
    """The page of one dispute; after a refusal with the reason at the top."""
    dispute = selectors.get_dispute(request.actor, dispute_id)
    policies.require_staff_view(request.actor)
    context = staff_page(request.actor, dispute, request.now) | {"refused": refused, "typed": request.POST}
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
        return dispute_page(
            request, dispute_id, Refused("amount", "Give the reduced fee in dollars, such as 40.00.", "/amount")
        )
    except Refused as refused:
        return dispute_page(request, dispute_id, refused)
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
def report_bounce(request: PageRequest, dispute_id: UUID) -> HttpResponse:
    services.report_dispute_bounce(request.actor, dispute_id, request.now)
    messages.success(request, "Recorded that the mail came back.")
    return HttpResponseRedirect(reverse("dispute", args=[dispute_id]))


@require_POST
@page
def deliver_again(request: PageRequest, dispute_id: UUID) -> HttpResponse:
    services.deliver_again(request.actor, dispute_id, request.now, read_clock)
    messages.success(request, "Delivered; the answer time runs.")
    return HttpResponseRedirect(reverse("dispute", args=[dispute_id]))
