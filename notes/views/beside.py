"""An answer in front of a person: the note beside its checklist, and keys to judge it and go on to the next."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from clawguard.access.pages import PageRequest, page
from clawguard.domain.lifecycles import ItemState
from clawguard.events.errors import NotFound
from notes import beside, copied, policies, reviews, selectors, services
from notes.models import NotesRequest
from notes.services.judging import HUMAN
from notes.wording import state

VERDICTS = {
    "met": "there",
    "missing": "not there",
    "contradicted": "says otherwise",
    "unreadable": "cannot be read",
    "not_applicable": "does not apply",
    "unsure": "not sure",
}


@require_POST
@page
def answer_beside(request: PageRequest, request_id: UUID) -> HttpResponse:
    """Every note of the answer, opened at once; each opening is recorded with its reason."""
    return _whole_page(request, request_id, request.POST.get("reason", ""))


def _whole_page(request: PageRequest, request_id: UUID, reason: str) -> HttpResponse:
    actor, now = request.actor, request.now
    policies.require_review(actor)
    row = selectors.get_request(actor, request_id)
    opened = [beside.open_note(actor, note.pk, reason, now) for note in reviews.notes_under_review(actor, row)]
    shown = {
        **_judging(request, row),
        "opened": opened,
        "words": VERDICTS,
        "verdicts": [(verdict, VERDICTS[verdict]) for verdict in HUMAN],
        "state": state(actor, row, now),
    }
    return render(request, "notes/beside.html", shown)


def _judging(request: PageRequest, row: NotesRequest) -> dict[str, Any]:
    items = list(row.items.all())
    waiting = [item for item in items if item.status == ItemState.RECEIVED]
    return {
        "row": row,
        "items": items,
        "first": waiting[0].number if waiting else None,
        "actions": policies.allowed_actions(request.actor, row, request.now, selectors.is_reviewed(row)),
        "next": reviews.next_answer(request.actor, row),
    }


@require_POST
@page
def beside_earlier(request: PageRequest, request_id: UUID, note_id: UUID) -> HttpResponse:
    """A note and the earlier one whose words it repeats; both readings are recorded."""
    actor = request.actor
    policies.require_review(actor)
    row = selectors.get_request(actor, request_id)
    if not reviews.notes_under_review(actor, row).filter(pk=note_id).exists():
        raise NotFound
    both = copied.open_both(actor, note_id, request.POST.get("reason", ""), request.now)
    return render(request, "notes/copied.html", {"row": row, "both": both, "sides": (both.later, both.earlier)})


@require_POST
@page
def judge_item(request: PageRequest, request_id: UUID, item: int) -> HttpResponse:
    """Accept, or return with a reason, without leaving the note: the list of items comes back. Without scripts it is
    the page, an opening of its own; after the last item nothing is left to read for, and it is the request.
    """
    reason = request.POST.get("reason", "").strip()
    if "return" in request.POST:
        services.return_item(request.actor, request_id, item, reason, request.now)
    else:
        services.accept_item(request.actor, request_id, item, request.now)
    row = selectors.get_request(request.actor, request_id)
    if request.htmx:
        return render(request, "notes/beside_items.html", _judging(request, row) | {"swapped": True})
    if selectors.review_is_open(request.actor, row.session_id):
        return _whole_page(request, request_id, "")
    return redirect("request-page", request_id=request_id)


@require_POST
@page
def judge_element(request: PageRequest, request_id: UUID, note_id: UUID, element: str) -> HttpResponse:
    """A person's own verdict, kept next to the machine's; what was said comes back."""
    verdict = request.POST.get("verdict", "")
    made = services.judge_element(request.actor, request_id, note_id, element, verdict, request.now)
    if not request.htmx:
        return redirect("request-page", request_id=request_id)
    return render(request, "notes/judged.html", {"judgement": made, "words": VERDICTS})


@require_safe
@page
def agreement(request: PageRequest) -> HttpResponse:
    return render(request, "notes/agreement.html", {"rows": reviews.agreement(request.actor)})
