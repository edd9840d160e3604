"""Files of an answer: sent as they are chosen, taken out again before the answer is sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from clawguard.access import Problem, page
from clawguard.access.pages import PageRequest, first_byte
from clawguard.clock import now as read_clock
from notes import chosen, quarantine, services
from notes.locked import locked_words
from notes.models import StoredFile, Upload
from notes.services import uploading
from notes.unscanned import waiting_for_scan, waits_for_scan
from notes.views.doors import awaited, limited_upload, number, script_door

UNSCANNED = "Received; the virus scanner has not looked at it yet"
THERE_ALREADY = "It is there already"


def file_rows(files: Sequence[StoredFile]) -> list[dict[str, Any]]:
    """Chosen files, as the upload well lists them."""
    unscanned = waiting_for_scan(files)
    return [_file_row(file, UNSCANNED if file.pk in unscanned else "Received") for file in files]


def _file_row(file: StoredFile, status: str) -> dict[str, Any]:
    is_locked = file.quarantined_at is not None
    return {
        "id": str(file.pk),
        "name": file.display_name,
        "size": file.size,
        "status": locked_words(file) if is_locked else status,
        "remove_url": "" if is_locked else reverse("my-file-remove", args=[file.pk]),
    }


def _taken(file: StoredFile, now: dt.datetime) -> JsonResponse:
    """201 for a new file, 202 while nobody may open it, 200 for one that was there before this moment."""
    _require_open(file)
    if file.uploaded_at < now:
        status, message = 200, THERE_ALREADY
    else:
        status, message = (202, UNSCANNED) if waits_for_scan(file) else (201, "Received")
    return JsonResponse({**_file_row(file, message), "message": message}, status=status)


@require_safe
@page
def found_in_files(request: PageRequest, request_id: UUID) -> HttpResponse:
    """What the chosen files say so far, for the page that asks again while some are still being read."""
    found = chosen.read_so_far(request.actor, request_id)
    if found.waiting and "waiting" in request.GET:
        return HttpResponse(status=204)  # nothing is replaced, nothing is announced
    return render(request, "notes/files_found.html", {"chosen": found, "found_url": request.path})


@limited_upload
@awaited
@require_POST
@script_door
def upload(request: PageRequest, request_id: UUID) -> HttpResponse:
    sent = request.FILES.get("file")
    if sent is None:
        raise Problem(400, "file_missing", "No file was sent", "Choose a file.")
    row = services.add_file(request.actor, request_id, sent.name or "", sent.chunks(), request.now, first_byte(request))
    if request.headers.get("Accept") != "application/json":  # sent without scripts
        _require_open(row)
        return redirect("my-request", request_id=request_id)
    return _taken(row, request.now)


@require_POST
@script_door
def remove_file(request: PageRequest, file_id: UUID) -> HttpResponse:
    services.remove_file(request.actor, file_id, request.now)
    return JsonResponse({"removed": True})


def _require_open(row: StoredFile) -> None:
    if row.quarantined_at is not None:
        words = quarantine.words(row.quarantine_reason)
        raise Problem(422, words.code, "This file was locked away unread", words.provider)


def upload_row(row: Upload) -> dict[str, Any]:
    """A file that stopped halfway, as the upload well lists it."""
    share = 100 * row.received // row.size
    words = f"{share} % arrived; choose the same file again to go on"
    return {
        "name": row.name,
        "size": row.size,
        "status": words,
        "unfinished": True,
        "id": str(row.pk),
        "remove_url": reverse("my-upload-cancel", args=[row.pk]),
    }


@require_POST
@script_door
def begin_upload(request: PageRequest, request_id: UUID) -> HttpResponse:
    """Where to send the pieces of a file, and from which byte on."""
    post = request.POST
    size = number(post.get("size", ""))
    row = services.begin_upload(
        request.actor, request_id, post.get("name", ""), size, post.get("digest", ""), request.now
    )
    if row.received == row.size:
        return _finish(request, row)
    return JsonResponse({**_where(row), "piece": uploading.PIECE}, status=200)


@require_POST
@script_door
def piece(request: PageRequest, upload_id: UUID, offset: int) -> HttpResponse:
    row = services.take_piece(request.actor, upload_id, offset, request.body, first_byte(request))
    return _finish(request, row) if row.received == row.size else JsonResponse(_where(row))


@require_POST
@script_door
def cancel_upload(request: PageRequest, upload_id: UUID) -> HttpResponse:
    services.cancel_upload(request.actor, upload_id)
    return JsonResponse({"removed": True})


def _where(row: Upload) -> dict[str, Any]:
    pieces = reverse("my-upload-piece", args=[row.pk, row.received])
    return {
        "id": str(row.pk),
        "offset": row.received,
        "send_to": pieces,
        "remove_url": reverse("my-upload-cancel", args=[row.pk]),
    }


def _finish(request: PageRequest, row: Upload) -> HttpResponse:
    now = read_clock()  # the last byte came after the door was opened
    return _taken(services.finish_upload(request.actor, row, now), now)
