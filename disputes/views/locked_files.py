"""Two leads have a locked-away file of a case or dispute destroyed: one asks, another agrees. Neither sees it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from clawguard.access.pages import PageRequest, page
from clawguard.ui.toasts import toast
from disputes import services
from disputes.models import Case, Dispute


@require_POST
@page
def ask_destruction(request: PageRequest, file_id: UUID) -> HttpResponse:
    why, instead = request.POST.get("reason", ""), request.POST.get("instead", "")
    about = services.ask_file_destruction(request.actor, file_id, why, instead, request.now)
    toast(request, "Asked. The file stays locked until another lead agrees.")
    return _back(about)


@require_POST
@page
def agree_destruction(request: PageRequest, file_id: UUID) -> HttpResponse:
    about = services.agree_file_destruction(request.actor, file_id, request.now)
    toast(request, "It is being destroyed; those who know of the file are told.")
    return _back(about)


def _back(about: Case | Dispute) -> HttpResponse:
    return redirect("case" if isinstance(about, Case) else "dispute", about.pk)
