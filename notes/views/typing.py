"""What the note typed so far says already: asked by the page at each pause, answered, forgotten."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from clawguard.access.pages import PageRequest
from notes import services
from notes.views.doors import script_door
from notes.while_typing import read_so_far


@sensitive_post_parameters("text")
@require_POST
@script_door
def found_so_far(request: PageRequest, request_id: UUID) -> HttpResponse:
    found = read_so_far(request.actor, request_id, request.POST.get("text", ""), request.now)
    return JsonResponse(asdict(found))


@require_POST
@script_door
def remember_form(request: PageRequest) -> HttpResponse:
    services.remember_form(request.actor, request.POST.get("form", ""))
    return HttpResponse(status=204)
