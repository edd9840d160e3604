"""Evidence packs: asking for one, and taking it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from clawguard.access.pages import PageRequest, page
from disputes import services


@require_POST
@page
def ask(request: PageRequest, case_id: UUID) -> HttpResponse:
    services.ask_for_pack(request.actor, case_id, request.POST.get("audience", ""), request.now)
    messages.success(request, "The pack is being made. It appears here when it is ready.")
    return HttpResponseRedirect(reverse("case", args=[case_id]) + "#packs")


@require_GET
@page
def take(request: PageRequest, pack_id: UUID) -> HttpResponse:
    pack, content = services.take_pack(request.actor, pack_id, "page", request.now)
    made = HttpResponse(content, content_type="application/zip")
    made["Content-Disposition"] = f'attachment; filename="evidence-{pack.pk}.zip"'
    return made
