"""Small helps shared by the pages of this app."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from clawguard.access.body import ROOM_FOR_FORM
from clawguard.access.broken import whole_body
from clawguard.access.pages import PageRequest, View, arrived, problem_page
from clawguard.access.problems import Problem, of_exception
from clawguard.accounts import arriving
from clawguard.accounts.actors import of_user
from clawguard.clock import now as read_clock
from notes.models import NotesRequest
from notes.services import grace

# Refusals of files whose HTTP status says more than 422.
STATUSES = {"file_empty": 400, "file_too_large": 413, "upload_offset": 409} | dict.fromkeys(
    ("file_type", "file_type_differs", "file_two_in_one", "file_macros", "file_old_word", "file_encoding"), 415
)


def script_door(view: View) -> View:
    """A page's own address for its scripts: JSON answers, refusals as problem documents, 401 when signed out."""

    @functools.wraps(view)
    def door(request: PageRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if not request.user.is_authenticated:
                raise Problem(401, "signed_out", "You were signed out", "Sign in and try again; nothing is lost.")
            request.actor, request.now = of_user(request.user, arriving.opens(request)), read_clock()
            return view(request, *args, **kwargs)
        except Exception as error:
            problem = of_exception(error)
            if problem is None:
                raise
            status = STATUSES.get(problem.code, problem.status)
            return JsonResponse(problem.as_dict(), status=status, content_type="application/problem+json")

    return door


def limited_upload(view: View) -> View:
    """Refuse a body that is too large before any of it is read. Django's own check comes only after reading it all."""
    protected = csrf_protect(whole_body(view))

    @csrf_exempt  # checked by csrf_protect just below, once the size is known to be fit to be read
    @functools.wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        declared = request.META.get("CONTENT_LENGTH") or "0"
        if not declared.isdecimal() or int(declared) > settings.UPLOAD_MAX_BYTES + ROOM_FOR_FORM:
            most = settings.UPLOAD_MAX_BYTES // (1024 * 1024)
            problem = Problem(413, "file_too_large", "The file is too large", f"A file may have up to {most} MB.")
            if "text/html" in request.headers.get("Accept", ""):  # a form of a page, not one of our scripts
                return problem_page(request, problem)
            return JsonResponse(problem.as_dict(), status=413, content_type="application/problem+json")
        return protected(request, *args, **kwargs)

    return door


def awaited(view: View) -> View:
    """For an answer and for a whole file: while its body arrives, the sweep does not end the request's answer time."""
    protected = csrf_protect(whole_body(view))

    @csrf_exempt  # checked by csrf_protect just below, which reads the whole body
    @functools.wraps(view)
    def door(request: Any, request_id: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return protected(request, request_id, *args, **kwargs)
        actor = of_user(request.user, arriving.opens(request))
        with grace.expecting(actor, request_id, arrived(request)):
            return protected(request, request_id, *args, **kwargs)

    return door


def form_id(text: str) -> UUID:
    """The id a form was drawn with. Raises Problem 400 when it was tampered with or left out."""
    try:
        return UUID(text)
    except ValueError:
        raise Problem(400, "form_incomplete", "The form came incomplete", "Reload the page and try again.") from None


def number(text: str) -> int:
    """A count a form was drawn with; anything else counts as 0 and is found out by what it is compared with."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def strip(row: NotesRequest) -> list[dict[str, Any]]:
    """The stored explanation for the day strip, its dates as dates."""
    days = (row.deadline or {}).get("days", [])
    return [{**day, "date": dt.date.fromisoformat(day["date"])} for day in days]
