"""A provider's page about one case. One thing per screen, the date before everything else."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from clawguard.access.pages import PageRequest, page
from clawguard.accounts.actors import Actor
from clawguard.events.errors import NotFound, Refused
from disputes import selectors, services
from disputes.selectors.provider_page import provider_page
from disputes.views.files import files_of
from notes.wording import upload_words


def _provider(actor: Actor) -> None:
    if not actor.is_provider:
        raise NotFound


def _answering(actor: Actor) -> None:
    if not actor.answers:
        raise NotFound


@require_GET
@page
def my_case(request: PageRequest, case_id: UUID) -> HttpResponse:
    return _case_page(request, case_id)


def _case_page(request: PageRequest, case_id: UUID, refused: Refused | None = None) -> HttpResponse:
    _provider(request.actor)
    case = selectors.get_case(request.actor, case_id)
    context = provider_page(request.actor, case, request.now)
    context |= {"now": request.now, "refused": refused, "typed": request.POST, **upload_words()}
    return render(request, "disputes/my_case.html", context, status=200 if refused is None else 422)


@require_POST
@page
def my_case_message(request: PageRequest, case_id: UUID) -> HttpResponse:
    """``kind`` is the button pressed: ``answer``, ``question``, or ``nothing`` to add."""
    _provider(request.actor)
    kind = request.POST.get("kind", "answer")
    text = "I have nothing to add." if kind == "nothing" else request.POST.get("text", "")
    try:
        _nothing_typed(kind, request.POST.get("text", ""))
        chosen = files_of(request.POST)
        services.post_message(request.actor, case_id, text, request.now, question=kind == "question", chosen=chosen)
    except Refused as refused:
        return _case_page(request, case_id, refused)
    told = (
        "Your question arrived. We reply here."
        if kind == "question"
        else "Your message arrived and is kept with its time."
    )
    messages.success(request, told)
    return HttpResponseRedirect(reverse("my-case", args=[case_id]))


def _nothing_typed(kind: str, text: str) -> None:
    """Whoever has nothing to add loses no words that they typed."""
    if kind == "nothing" and text.strip():
        again = "You typed something. Send it as your answer, or empty the field and press this again."
        raise Refused("text_typed", again, "/text")


@require_POST
@page
def my_case_seen(request: PageRequest, case_id: UUID) -> HttpResponse:
    """The page was opened: notices and messages are marked as read, once."""
    _provider(request.actor)
    services.mark_read(request.actor, case_id, request.now)
    return HttpResponse(status=204)


@require_POST
@page
def my_case_appeal(request: PageRequest, case_id: UUID) -> HttpResponse:
    _provider(request.actor)
    try:
        services.appeal(request.actor, case_id, request.POST.get("reason", ""), request.now)
    except Refused as refused:
        return _case_page(request, case_id, refused)
    messages.success(request, "Your appeal arrived. Somebody who did not take part in the decision looks at it.")
    return HttpResponseRedirect(reverse("my-case", args=[case_id]))
