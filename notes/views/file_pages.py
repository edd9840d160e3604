"""A file to be looked at: its pages as pictures and as text. The original is a download and never opened in a page."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from clawguard.access.pages import PageRequest, page
from notes import readings


@require_POST
@page
def view_file(request: PageRequest, file_id: UUID) -> HttpResponse:
    """One recorded reading for all pages."""
    reason = request.POST.get("reason", "")
    row, pages = readings.open_pages(request.actor, file_id, door="page", reason=reason, now=request.now)
    state = readings.states_of([row])[row.pk]
    shown = {"row": row, "pages": pages, "state": state, "picture_url": "note-file-page"}
    return render(request, "notes/file_pages.html", shown)


@require_safe
@page
def picture(request: PageRequest, file_id: UUID, number: int) -> HttpResponse:
    found = readings.picture(request.actor, file_id, number, request.GET.get("ticket", ""))
    return as_picture(found)


def as_picture(content: bytes) -> HttpResponse:
    """A page drawn by the sandbox: nothing in it may run, and no browser keeps it."""
    answer = HttpResponse(content, content_type="image/jpeg")
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "no-store"
    return answer
