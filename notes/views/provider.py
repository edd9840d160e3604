"""The provider's pages around an answer: what waits, the receipt, what was sent. The answer itself: answering.py."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from clawguard.access import NotFound, page
from clawguard.access.pages import PageRequest
from clawguard.accounts import delegates
from clawguard.accounts.actors import Actor
from clawguard.domain.lifecycles import RequestState
from notes import clock, hooks, policies, selectors
from notes.models import NotesRequest
from notes.receipt import as_pdf
from notes.views import sitting
from notes.views.doors import strip
from notes.wording import STATUS_WORDS, state

HISTORY = 5
LONG_HISTORY = 200


@require_safe
@page
def home(request: PageRequest) -> HttpResponse:
    actor, now = request.actor, request.now
    policies.require_answering(actor)
    waiting = [_card(actor, row, now) for row in selectors.waiting_for(actor)]
    others = [row for rows in hooks.HOME_ROWS for row in rows(actor, now)] if not actor.opens else []
    told = [row for rows in hooks.TOLD_ROWS for row in rows(actor, now)] if not actor.opens else []
    answered = [_past_card(actor, row, now) for row in selectors.history_for(actor)[:HISTORY]]
    shown = {"waiting": waiting, "others": others, "told": told, "answered": answered, "now": now}
    shown["kept"] = selectors.deadlines_kept(actor, now) if answered and actor.is_provider else None
    shown["stands_for"] = list(delegates.stood_for(actor)) if actor.is_delegate else []
    return render(request, "notes/home.html", shown)


def _card(actor: Actor, row: NotesRequest, now: dt.datetime) -> dict[str, Any]:
    return {
        "row": row,
        "state": state(actor, row, now),
        "words": STATUS_WORDS[RequestState(row.status)],
        "days_left": clock.days_left(row, now),
        "over": row.is_over(now),
    }


def _past_card(actor: Actor, row: NotesRequest, now: dt.datetime) -> dict[str, Any]:
    """As ``_card`` for what is no longer owed: a request that lapsed was decided without its answer."""
    card = _card(actor, row, now)
    return card | {"state": "decided"} if row.status == RequestState.LAPSED else card


@require_safe
@page
def receipt(request: PageRequest, request_id: UUID) -> HttpResponse:
    actor, row = request.actor, selectors.get_request(request.actor, request_id)
    policies.require_answering(actor)
    notes = list(selectors.notes_of(actor, row))
    if not notes:
        return redirect("my-request", request_id=request_id)
    follow_up = row.followed_by.filter(delivered_at__isnull=False).first()
    shown = {
        "row": row,
        "notes": notes,
        "days": strip(row),
        "state": state(actor, row, request.now),
        "actions": policies.allowed_actions(actor, row, request.now, selectors.is_reviewed(row)),
        "readings": selectors.readings_of(actor, row)[:20],
        "items": list(row.items.all()),
        **sitting.around(request, row),
        "follow_up": follow_up,
        "follow_up_url": reverse("my-request", args=[follow_up.pk]) if follow_up else "",
    }
    return render(request, "notes/receipt.html", shown)


@require_safe
@page
def receipt_pdf(request: PageRequest, request_id: UUID) -> HttpResponse:
    """The receipt as a file to keep."""
    row = selectors.get_request(request.actor, request_id)
    policies.require_answering(request.actor)
    notes = list(selectors.notes_of(request.actor, row))
    if not notes:
        raise NotFound
    made = HttpResponse(as_pdf(row, notes, request.now), content_type="application/pdf")
    made["Content-Disposition"] = f'attachment; filename="receipt-{row.session.date_of_service:%Y-%m-%d}.pdf"'
    return made


@require_safe
@page
def history(request: PageRequest) -> HttpResponse:
    """Every request of the past with its answer time, and how many of those were kept."""
    actor, now = request.actor, request.now
    policies.require_provider(actor)
    rows = [_past_card(actor, row, now) for row in selectors.history_for(actor)[:LONG_HISTORY]]
    return render(request, "notes/history.html", {"rows": rows, "kept": selectors.deadlines_kept(actor, now)})


@require_http_methods(["POST"])
@page
def own_text(request: PageRequest, note_id: UUID) -> HttpResponse:
    """What the provider sent, read again; recorded like every reading."""
    policies.require_answering(request.actor)
    found = selectors.read_note(request.actor, note_id, door="page", reason="", now=request.now)
    return render(request, "notes/own_text.html", {"found": found})
