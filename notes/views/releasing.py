"""Two leads let a locked-away file go on, or have it or a text destroyed: one asks, another agrees. Neither sees it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from clawguard.access.pages import PageRequest, page
from clawguard.ui.toasts import toast
from notes import services


@require_POST
@page
def ask_release(request: PageRequest, request_id: UUID, file_id: UUID) -> HttpResponse:
    services.ask_release(request.actor, request_id, file_id, request.POST.get("reason", ""), request.now)
    toast(request, "Asked. The file stays locked until another lead agrees.")
    return redirect("request-page", request_id=request_id)


@require_POST
@page
def agree_release(request: PageRequest, request_id: UUID, file_id: UUID) -> HttpResponse:
    services.agree_release(request.actor, request_id, file_id, request.now)
    toast(request, "Released; the provider is told.")
    return redirect("request-page", request_id=request_id)


@require_POST
@page
def ask_destruction(request: PageRequest, request_id: UUID, file_id: UUID) -> HttpResponse:
    why, instead = request.POST.get("reason", ""), request.POST.get("instead", "")
    services.ask_destruction(request.actor, request_id, file_id, why, instead, request.now)
    toast(request, "Asked. The file stays locked until another lead agrees.")
    return redirect("request-page", request_id=request_id)


@require_POST
@page
def agree_destruction(request: PageRequest, request_id: UUID, file_id: UUID) -> HttpResponse:
    services.agree_destruction(request.actor, request_id, file_id, request.now)
    toast(request, "It is being destroyed; the provider is told.")
    return redirect("request-page", request_id=request_id)


@require_POST
@page
def ask_text_destruction(request: PageRequest, request_id: UUID, note_id: UUID) -> HttpResponse:
    why, instead = request.POST.get("reason", ""), request.POST.get("instead", "")
    services.ask_text_destruction(request.actor, request_id, note_id, why, instead, request.now)
    toast(request, "Asked. The text stays locked until another lead agrees.")
    return redirect("request-page", request_id=request_id)


@require_POST
@page
def agree_text_destruction(request: PageRequest, request_id: UUID, note_id: UUID) -> HttpResponse:
    services.agree_text_destruction(request.actor, request_id, note_id, request.now)
    toast(request, "It is being destroyed; the provider is told.")
    return redirect("request-page", request_id=request_id)
