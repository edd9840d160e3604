"""Files of conversations and disputes: sent as they are chosen, taken out again, looked at, taken as they came."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from clawguard.access import Problem
from clawguard.access.pages import PageRequest, page
from clawguard.accounts.actors import Actor
from clawguard.events.errors import Refused
from disputes import services
from disputes.models import Case, Dispute
from disputes.selectors import files
from notes import quarantine
from notes.models import StoredFile
from notes.views.doors import limited_upload, script_door
from notes.views.file_pages import as_picture


def _sent(request: PageRequest) -> Any:
    found = request.FILES.get("file")
    if found is None:
        raise Problem(400, "file_missing", "No file was sent", "Choose a file.")
    return found


def _answer(row: StoredFile) -> HttpResponse:
    """What the upload well shows of a file that arrived. Raises Problem for one that is locked away unread."""
    if row.quarantined_at is not None:
        words = quarantine.words(row.quarantine_reason)
        raise Problem(422, words.code, "This file was locked away unread", words.provider)
    return JsonResponse({**files.well_row(row), "message": "Received"}, status=201)


def files_of(form: QueryDict) -> list[UUID]:
    """The files that a form lists, and no others: what was chosen in another window goes with the message there."""
    try:
        return [UUID(file_id) for file_id in form.getlist("files")]
    except ValueError:
        raise Refused("unknown_file", "These files cannot be told apart. Load the page again.", "/files") from None


@limited_upload
@require_POST
@script_door
def add_to_case(request: PageRequest, case_id: UUID, internal: bool = False) -> HttpResponse:
    sent = _sent(request)
    return _answer(
        services.attach_to_case(request.actor, case_id, sent.name or "", sent.chunks(), request.now, internal=internal)
    )


@limited_upload
@require_POST
@script_door
def add_to_dispute(request: PageRequest, dispute_id: UUID, kind: str) -> HttpResponse:
    sent = _sent(request)
    return _answer(
        services.attach_to_dispute(request.actor, dispute_id, kind, sent.name or "", sent.chunks(), request.now)
    )


@require_POST
@script_door
def remove(request: PageRequest, file_id: UUID) -> HttpResponse:
    services.remove_attachment(request.actor, file_id, request.now)
    return JsonResponse({"removed": True})


@require_POST
@page
def show(request: PageRequest, file_id: UUID) -> HttpResponse:
    """One recorded opening for all pages."""
    row, about, state, pages = files.open_pages(request.actor, file_id, request.now)
    shown = {"row": row, "pages": pages, "state": state, "picture_url": "case-file-page"}
    return render(request, "notes/file_pages.html", {**shown, "back_url": _of(request.actor, about)})


def _of(actor: Actor, about: models.Model) -> str:
    """The page that the file belongs to."""
    if isinstance(about, Case):
        return reverse("my-case" if actor.is_provider else "case", args=[about.pk])
    if isinstance(about, Dispute):
        return reverse("my-dispute" if actor.answers else "dispute", args=[about.pk])
    return reverse("library")


@require_safe
@page
def picture(request: PageRequest, file_id: UUID, number: int) -> HttpResponse:
    return as_picture(files.picture(request.actor, file_id, number, request.GET.get("ticket", "")))


@require_POST
@page
def take(request: PageRequest, file_id: UUID) -> HttpResponse:
    """The original, as a download and never opened in a page."""
    row, content = files.read_file(request.actor, file_id, "page", request.now)
    made = HttpResponse(content, content_type="application/octet-stream")
    made["Content-Disposition"] = f'attachment; filename="{row.pk}.{row.display_name.rpartition(".")[2]}"'
    made["Cache-Control"] = "no-store"
    return made
