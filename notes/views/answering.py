"""One request on one screen: what is asked, the answer, and the other ways to respond."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from clawguard.access import Refused, page
from clawguard.access.pages import PageRequest
from clawguard.accounts import delegates
from clawguard.domain.lifecycles import ItemState
from clawguard.ids import new_id
from clawguard.ui.toasts import toast
from clawguard.ui.words import due
from notes import chosen, clock, more_time, policies, process_notes, selectors, selectors_story, services
from notes.items import NOT_TO_SEND
from notes.models import NotesRequest, RequestItem
from notes.selectors_talk import messages_of
from notes.services.note_forms import FREE
from notes.views import pausing, sitting
from notes.views.doors import awaited, form_id, number, script_door, strip
from notes.views.uploads import file_rows, upload_row
from notes.wording import state, upload_words

JUDGED = (ItemState.ACCEPTED, ItemState.RETURNED)
# What can be done beside answering: the action, where on the page, its name, its icon. In this order.
WAYS = (
    ("ask_extension", "extension-reason", "More time", "clock"),
    ("answer", "not_my_session", "Not my session", "x-circle"),
    ("answer", "disagree", "I disagree", "scale"),
    ("ask_question", "question", "Ask", "question"),
    ("hand_over", "hand-over", "Hand over", "user-plus"),
)


@require_safe
@page
def request_page(request: PageRequest, request_id: UUID) -> HttpResponse:
    row = selectors.get_request(request.actor, request_id)
    policies.require_answering(request.actor)
    services.mark_viewed(request.actor, request_id, request.now)
    return _draw(request, row)


def _draw(request: PageRequest, row: NotesRequest, problem: Refused | None = None, status: int = 200) -> HttpResponse:
    """The whole screen; after a refusal with what was typed still in it."""
    actor, now, items = request.actor, request.now, _with_own_reasons(row)
    actions = policies.allowed_actions(actor, row, now, any(item.status in JUDGED for item in items))
    shown = {
        "row": row,
        "items": items,
        "state": state(actor, row, now),
        "actions": actions,
        "ways": [way for way in WAYS if way[0] in actions],
        **sitting.around(request, row),
        "days": strip(row),
        "today": now.astimezone(ZoneInfo(row.time_zone)).date(),
        "now": now,
        "days_left": clock.days_left(row, now),
        "not_to_send": NOT_TO_SEND,
        "messages_about": messages_of(actor, row),
        "rules": selectors_story.rules_behind(row),
        "story": selectors_story.timeline(actor, row, items),
        "due_changes": list(row.due_changes.all()),
        **pausing.shown(row, now),
        "problem": problem,
        "unsent": _unsent(request, row) if problem and "answer" not in actions else None,
        "whom": str(row.provider) if actor.is_delegate else "",
        "handed": list(delegates.handed(row.pk)) if actor.is_provider else [],
        "delegates": list(delegates.standing(row.provider_id)) if "hand_over" in actions else [],
        "late_now": row.is_over(now),
        "more_days_at_once": more_time.at_once(row, now) if "ask_extension" in actions else 0,
        "other_forms": (new_id(), new_id(), new_id()),
        **_answer_form(request, row, request.POST if problem else {}, problem),
    }
    return render(request, "notes/request.html", shown, status=status)


def _unsent(request: PageRequest, row: NotesRequest) -> dict[str, Any]:
    """What was typed for a request that takes no answer any more, and where it may go: nothing typed is lost."""
    typed = {name: request.POST.get(name, "").strip() for name in ("text", "explanation")}
    return {**typed, "follow_up": row.followed_by.filter(delivered_at__isnull=False).first()}


def _answer_form(
    request: PageRequest, row: NotesRequest, typed: Mapping[str, Any], problem: Refused | None
) -> dict[str, Any]:
    """What the form of the answer holds: the draft, the files, the note on file; after a refusal what was typed.

    A refusal without a field tells of what happened meanwhile: the form then knows of it, and is sent anew.
    """
    draft, files = selectors.draft_of(request.actor, row), list(selectors.files_of(row))
    seen = row.notes.count()
    return {
        "files": [
            *file_rows(files),
            *map(upload_row, row.uploads.filter(received__gt=0).order_by("begun_at")),
        ],
        "text": typed.get("text", draft.text),
        "explanation": typed.get("explanation", draft.explanation),
        "draft": draft,
        "draft_version": typed.get("draft_version") or draft.version,
        "form": typed.get("submission") or new_id(),
        "seen": typed.get("seen") or seen if problem is None or problem.pointer else seen,
        "on_file": selectors.note_on_file(request.actor, row) if seen == 0 else None,
        "confirming": bool(typed.get("confirms")),
        "note_form": request.user.note_form or FREE,
        "chosen": chosen.of_files(row, files) if files else chosen.Chosen(),
        "found_url": reverse("my-files-found", args=[row.pk]),
        "upload_url": reverse("my-files", args=[row.pk]),
        "pieces_url": reverse("my-upload", args=[row.pk]),
        **upload_words(),
    }


def _with_own_reasons(row: NotesRequest) -> list[RequestItem]:
    """The items; each says again why it is asked only where the request as a whole does not say it already."""
    items, said = list(row.items.all()), " ".join(row.why.split())
    for item in items:
        item.own_why = "" if " ".join(item.why.split()) in said else item.why  # type: ignore[attr-defined]
    return items


def _refused(request: PageRequest, request_id: UUID, refused: Refused) -> HttpResponse:
    return _draw(request, selectors.get_request(request.actor, request_id), refused, 422 if refused.pointer else 409)


@awaited
@require_POST
@page
def answer(request: PageRequest, request_id: UUID) -> HttpResponse:
    post = request.POST
    given = services.Answer(
        submission=form_id(post.get("submission", "")),
        text=post.get("text", ""),
        explanation=post.get("explanation", ""),
        objection=post.get("objection", ""),
        attested=bool(post.get("attested")),
        no_process_notes=bool(post.get("no_process_notes")),
        seen=number(post.get("seen", "")),
        confirms=form_id(post["confirms"]) if post.get("confirms") else None,
    )
    try:
        outcome = services.submit_answer(request.actor, request_id, given, request.now)
    except Refused as refused:
        return _refused(request, request_id, refused)
    if outcome.note is None:
        locked = Refused("process_notes", process_notes.WORDS, "/text")
        emptied = request.POST.copy()
        emptied["text"] = emptied["explanation"] = ""
        request.POST = emptied  # type: ignore[assignment]
        return _draw(request, selectors.get_request(request.actor, request_id), locked, 422)
    sitting.answered(request, request_id)
    return redirect("my-receipt", request_id=request_id)


@require_POST
@script_door
def draft(request: PageRequest, request_id: UUID) -> HttpResponse:
    post = request.POST
    try:
        saved = services.save_draft(
            request.actor,
            request_id,
            post.get("text", ""),
            post.get("explanation", ""),
            form_id(post.get("submission", "")),
            number(post.get("draft_version", "")),
            request.now,
        )
    except Refused as refused:
        if "save_and_leave" not in post:  # our script, whose page still holds what was typed
            raise
        return _refused(request, request_id, refused)
    if "save_and_leave" in post:
        return redirect("requests")
    return JsonResponse({"version": saved.version, "saved_at": saved.saved_at.isoformat()})


@require_POST
@page
def ask_extension(request: PageRequest, request_id: UUID) -> HttpResponse:
    row = services.ask_extension(request.actor, request_id, request.POST.get("reason", ""), request.now)
    if row.got_more_time and row.due_at is not None:
        toast(request, f"You have more time, until {due(row.due_at, row.time_zone)}.")
    else:
        toast(request, "Your request for more time was sent. Until it is granted, the date stays as it is.")
    return redirect("my-request", request_id=request_id)


@require_POST
@page
def ask_question(request: PageRequest, request_id: UUID) -> HttpResponse:
    services.ask_question(request.actor, request_id, request.POST.get("text", ""), request.now)
    toast(request, "Your question was sent. A question is not yet an answer; the date stays as it is.")
    return redirect("my-request", request_id=request_id)
