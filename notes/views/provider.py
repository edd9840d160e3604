"""The provider's pages: what waits, one request on one screen, the receipt."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clawguard.access import Problem, Refused, page
from clawguard.accounts.actors import Actor
from clawguard.domain.lifecycles import RequestState
from clawguard.ids import new_id
from clawguard.ui.toasts import toast
from notes import clock, hooks, policies, process_notes, selectors, services
from notes.items import NOT_TO_SEND
from notes.models import NotesRequest, RequestItem, StoredFile
from notes.views.doors import form_id, limited_upload, number, script_door
from notes.wording import STATUS_WORDS, state

HISTORY = 30
UPLOAD_HINT = "PDF, Word, photo or scan, plain text, or an export of your record system, up to {} MB each"


@require_safe
@page
def home(request: Any) -> HttpResponse:
    actor, now = request.actor, request.now
    policies.require_provider(actor)
    waiting = [_card(actor, row, now) for row in selectors.waiting_for(actor)]
    others = [row for rows in hooks.HOME_ROWS for row in rows(actor, now)] if not actor.opens else []
    told = [row for rows in hooks.TOLD_ROWS for row in rows(actor, now)] if not actor.opens else []
    answered = [_card(actor, row, now) for row in selectors.history_for(actor)[:HISTORY]]
    shown = {"waiting": waiting, "others": others, "told": told, "answered": answered, "now": now}
    return render(request, "notes/home.html", shown)


def _card(actor: Actor, row: NotesRequest, now: dt.datetime) -> dict[str, Any]:
    return {
        "row": row,
        "state": state(actor, row, now),
        "words": STATUS_WORDS[RequestState(row.status)],
        "days_left": clock.days_left(row, now),
    }


@require_safe
@page
def request_page(request: Any, request_id: UUID) -> HttpResponse:
    row = selectors.get_request(request.actor, request_id)
    policies.require_provider(request.actor)
    services.mark_viewed(request.actor, request_id, request.now)
    return _draw(request, row)


def _draw(request: Any, row: NotesRequest, problem: Refused | None = None, status: int = 200) -> HttpResponse:
    """The whole screen; after a refusal with what was typed still in it."""
    actor, now = request.actor, request.now
    items = _with_own_reasons(row)
    reviewed = selectors.is_reviewed(row)
    draft = selectors.draft_of(actor, row)
    typed = request.POST if problem else {}
    shown = {
        "row": row,
        "items": items,
        "state": state(actor, row, now),
        "actions": policies.allowed_actions(actor, row, now, reviewed),
        "days": strip(row),
        "today": now.astimezone(ZoneInfo(row.time_zone)).date(),
        "now": now,
        "days_left": clock.days_left(row, now),
        "not_to_send": NOT_TO_SEND,
        "files": [_file_row(file) for file in selectors.files_of(row)],
        "text": typed.get("text", draft.text),
        "explanation": typed.get("explanation", draft.explanation),
        "draft": draft,
        "form": typed.get("submission") or new_id(),
        "other_forms": (new_id(), new_id()),
        "upload_url": reverse("my-files", args=[row.pk]),
        "upload_hint": UPLOAD_HINT.format(settings.UPLOAD_MAX_BYTES // (1024 * 1024)),
        "seen": typed.get("seen") or row.notes.count(),
        "messages_about": selectors.messages_of(actor, row),
        "due_changes": list(row.due_changes.all()),
        "problem": problem,
        "late_now": bool(row.due_at and now >= row.due_at),
    }
    return render(request, "notes/request.html", shown, status=status)


def _with_own_reasons(row: NotesRequest) -> list[RequestItem]:
    """The items; each says again why it is asked only where the request as a whole does not say it already."""
    items, said = list(row.items.all()), " ".join(row.why.split())
    for item in items:
        item.own_why = "" if " ".join(item.why.split()) in said else item.why  # type: ignore[attr-defined]
    return items


def strip(row: NotesRequest) -> list[dict[str, Any]]:
    """The stored explanation for the day strip, its dates as dates."""
    days = (row.deadline or {}).get("days", [])
    return [{**day, "date": dt.date.fromisoformat(day["date"])} for day in days]


def _file_row(file: StoredFile) -> dict[str, Any]:
    locked = file.quarantined_at is not None
    status = "Locked away unread: it calls itself psychotherapy notes" if locked else "Received"
    remove = "" if locked else reverse("my-file-remove", args=[file.pk])
    return {"name": file.display_name, "size": file.size, "status": status, "remove_url": remove}


@require_POST
@page
def answer(request: Any, request_id: UUID) -> HttpResponse:
    post = request.POST
    given = services.Answer(
        submission=form_id(post.get("submission", "")),
        text=post.get("text", ""),
        explanation=post.get("explanation", ""),
        objection=post.get("objection", ""),
        attested=bool(post.get("attested")),
        no_process_notes=bool(post.get("no_process_notes")),
        seen=number(post.get("seen", "")),
    )
    try:
        outcome = services.submit_answer(request.actor, request_id, given, request.now)
    except Refused as refused:
        if not refused.pointer:
            raise
        return _draw(request, selectors.get_request(request.actor, request_id), refused, 422)
    if outcome.note is None:
        locked = Refused("process_notes", process_notes.WORDS, "/text")
        request.POST = request.POST.copy()
        request.POST["text"] = request.POST["explanation"] = ""
        return _draw(request, selectors.get_request(request.actor, request_id), locked, 422)
    return redirect("my-receipt", request_id=request_id)


@require_POST
@script_door
def draft(request: Any, request_id: UUID) -> HttpResponse:
    post = request.POST
    saved = services.save_draft(
        request.actor,
        request_id,
        post.get("text", ""),
        post.get("explanation", ""),
        form_id(post.get("submission", "")),
        number(post.get("draft_version", "")),
        request.now,
    )
    if "save_and_leave" in post:
        return redirect("requests")
    return JsonResponse({"version": saved.version, "saved_at": saved.saved_at.isoformat()})


@limited_upload
@require_POST
@script_door
def upload(request: Any, request_id: UUID) -> HttpResponse:
    sent = request.FILES.get("file")
    if sent is None:
        raise Problem(400, "file_missing", "No file was sent", "Choose a file.")
    row = services.add_file(request.actor, request_id, sent.name or "", sent.chunks(), request.now)
    if row.quarantined_at is not None:
        raise Problem(422, "process_notes", "This file was locked away unread", process_notes.WORDS)
    if request.headers.get("Accept") != "application/json":  # sent without scripts
        return redirect("my-request", request_id=request_id)
    return JsonResponse({**_file_row(row), "message": "Received"}, status=201)


@require_POST
@script_door
def remove_file(request: Any, file_id: UUID) -> HttpResponse:
    services.remove_file(request.actor, file_id, request.now)
    return JsonResponse({"removed": True})


@require_POST
@page
def ask_extension(request: Any, request_id: UUID) -> HttpResponse:
    services.ask_extension(request.actor, request_id, request.POST.get("reason", ""), request.now)
    toast(request, "Your request for more time was sent. Until it is granted, the date stays as it is.")
    return redirect("my-request", request_id=request_id)


@require_POST
@page
def ask_question(request: Any, request_id: UUID) -> HttpResponse:
    services.ask_question(request.actor, request_id, request.POST.get("text", ""), request.now)
    toast(request, "Your question was sent. A question is not yet an answer; the date stays as it is.")
    return redirect("my-request", request_id=request_id)


@require_safe
@page
def receipt(request: Any, request_id: UUID) -> HttpResponse:
    actor, row = request.actor, selectors.get_request(request.actor, request_id)
    policies.require_provider(actor)
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
        "follow_up": follow_up,
        "follow_up_url": reverse("my-request", args=[follow_up.pk]) if follow_up else "",
    }
    return render(request, "notes/receipt.html", shown)


@require_http_methods(["POST"])
@page
def own_text(request: Any, note_id: UUID) -> HttpResponse:
    """What the provider sent, read again; recorded like every reading."""
    policies.require_provider(request.actor)
    found = selectors.read_note(request.actor, note_id, door="page", reason="", now=request.now)
    return render(request, "notes/own_text.html", {"found": found})
