"""The library of evidence that serves again, for staff and for a provider's own."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from clawguard.access.pages import PageRequest, page
from clawguard.domain.disputes import KINDS
from clawguard.events.errors import Refused
from disputes import evidence_input, evidence_words, policies, services
from disputes.selectors.evidence import library_items
from disputes.views.dispute_evidence import uploaded
from notes.views.doors import limited_upload
from notes.wording import upload_words


@limited_upload
@require_http_methods(["GET", "POST"])
@page
def library(request: PageRequest) -> HttpResponse:
    """A cancellation policy is what is kept most; its fields are the form. Other kinds come in by their disputes."""
    if request.method == "POST":
        try:
            services.keep_item(request.actor, _new(request), request.now, uploaded(request))
        except Refused as refused:
            return _page(request, refused)
        messages.success(request, "Kept. It is offered in disputes from now on.")
        return HttpResponseRedirect(reverse("library"))
    return _page(request)


def _new(request: PageRequest) -> services.NewItem:
    form = request.POST
    value = evidence_input.read_form(form, ["policy"], "UTC")["policy"]
    begins, ends = (_day(form.get(name, ""), name) for name in ("effective_from", "effective_to"))
    if begins is None:
        raise Refused("missing", "Say from which day it holds.", "/effective_from")
    return services.NewItem("policy", form.get("title", ""), value, begins, ends, form.get("provider", "").strip())


def _day(typed: str, name: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(typed) if typed else None
    except ValueError:
        raise Refused("date", "Give a date, such as 2026-11-24.", f"/{name}") from None


def _page(request: PageRequest, refused: Refused | None = None) -> HttpResponse:
    kept = library_items(request.actor)
    context: dict[str, Any] = {
        "items": [
            {
                "kept": item,
                "lines": evidence_words.lines(item.kind, item.value, "UTC"),
                "file": item.file,
                "actions": policies.library_actions(request.actor, item.row),
            }
            for item in kept
        ],
        "may_keep": request.actor.is_provider or request.actor.is_staff,
        "own": request.actor.provider_id,
        "fieldset": evidence_input.fieldsets(["policy"], {}, "UTC", ["policy"])[0],
        "kind": KINDS["policy"],
        "refused": refused,
        "typed": request.POST,
        **upload_words(),
        "shell": "provider.html" if request.actor.is_provider else "staff.html",
    }
    return render(request, "disputes/library.html", context, status=200 if refused is None else 422)


@require_POST
@page
def retire(request: PageRequest, item_id: UUID) -> HttpResponse:
    services.retire_item(request.actor, item_id, request.now)
    messages.success(request, "No longer offered. Disputes it was used in keep it.")
    return HttpResponseRedirect(reverse("library"))
