"""Judging one finding from its session's page."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from clawguard.access.pages import PageRequest, page
from clawguard.ui.toasts import toast
from sessions import forms, services
from sessions.models import Finding


def _back(request: PageRequest, finding: Finding, words: str) -> HttpResponse:
    toast(request, words)
    return HttpResponseRedirect(reverse("session-page", args=[finding.session_id]))


@require_POST
@page
def confirm(request: PageRequest, finding_id: UUID) -> HttpResponse:
    finding = services.confirm_finding(request.actor, finding_id, request.POST.get("reason", ""), request.now)
    return _back(request, finding, "The finding is confirmed.")


@require_POST
@page
def dismiss(request: PageRequest, finding_id: UUID) -> HttpResponse:
    said = forms.dismissal(request.POST)
    finding = services.dismiss_finding(
        request.actor, finding_id, said.reason, request.now, code=said.code, until=said.until
    )
    return _back(request, finding, "The finding is dismissed; your reason is kept beside it.")


@require_POST
@page
def restore(request: PageRequest, finding_id: UUID) -> HttpResponse:
    finding = services.restore_finding(request.actor, finding_id, request.POST.get("reason", ""), request.now)
    return _back(request, finding, "The finding is taken up again.")
