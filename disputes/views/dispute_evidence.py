"""What staff add to a dispute: evidence, things from the library, the reason put right, a link for the client."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from clawguard.access.pages import PageRequest, page
from clawguard.domain.disputes import KINDS
from clawguard.events.errors import Refused
from disputes import evidence_input, selectors, services
from disputes.views.dispute import dispute_page
from notes.views.doors import limited_upload


def _back(dispute_id: UUID, part: str = "evidence") -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("dispute", args=[dispute_id]) + f"#{part}")


def uploaded(request: PageRequest) -> services.Upload | None:
    """The document that came with a form, if one did."""
    sent = request.FILES.get("file")
    return None if sent is None else services.Upload(sent.name or "", sent.chunks())


@limited_upload
@require_POST
@page
def add(request: PageRequest, dispute_id: UUID) -> HttpResponse:
    dispute = selectors.get_dispute(request.actor, dispute_id)
    kind, form = request.POST.get("kind", ""), request.POST
    known = [kind] if kind in KINDS else []
    value = evidence_input.read_form(form, known, dispute.provider.time_zone).get(kind, {})
    try:
        services.add_evidence(
            request.actor,
            dispute_id,
            kind,
            value,
            request.now,
            side=form.get("side", "network"),
            source=form.get("source", ""),
            upload=uploaded(request),
        )
    except Refused as refused:
        return dispute_page(request, dispute_id, refused)
    messages.success(request, "Added. It is kept as it is; add another when it has to be put right.")
    return _back(dispute_id)


@require_POST
@page
def use_item(request: PageRequest, dispute_id: UUID) -> HttpResponse:
    try:
        item_id = UUID(request.POST.get("item", ""))
    except ValueError:
        return dispute_page(request, dispute_id, Refused("missing", "Choose something from the library.", "/item"))
    services.use_library_item(request.actor, dispute_id, item_id, request.now)
    messages.success(request, "Added from the library.")
    return _back(dispute_id)


@require_POST
@page
def set_reason(request: PageRequest, dispute_id: UUID) -> HttpResponse:
    services.set_reason(request.actor, dispute_id, request.POST.get("reason", ""), request.now)
    return _back(dispute_id)


@require_POST
@page
def make_link(request: PageRequest, dispute_id: UUID) -> HttpResponse:
    """The address is on the page that answers, and nowhere afterwards: only its digest is kept."""
    selectors.get_dispute(request.actor, dispute_id)
    link, address = services.issue_client_link(request.actor, dispute_id, request.now)
    shown = {"address": address, "link": link, "dispute": link.dispute, "now": request.now}
    return render(request, "disputes/client_link.html", shown)


@require_POST
@page
def end_link(request: PageRequest, dispute_id: UUID) -> HttpResponse:
    services.revoke_client_link(request.actor, dispute_id, request.now)
    messages.success(request, "The link no longer works.")
    return _back(dispute_id, "client-link")
