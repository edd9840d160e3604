"""The provider's private page: is my note enough? What is pasted or chosen here is read and forgotten."""

from __future__ import annotations

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from clawguard.access import Problem, Refused, page
from clawguard.access.pages import PageRequest
from notes import policies, reading_shapes, services
from notes.services.prechecking import Checked, own_sessions
from notes.views.doors import limited_upload
from sessions.check_form import SessionForm
from sessions.selectors import payers
from sessions.services import before_submit


@limited_upload
@require_http_methods(["GET", "HEAD", "POST"])
@page
def precheck(request: PageRequest) -> HttpResponse:
    policies.require_provider(request.actor)
    npi, form = _form(request)
    answer, problem = None, None
    if request.method == "POST":
        try:
            answer = _answer(_checked(request, npi, form))
        except Refused as refused:
            problem = refused
        except Problem as refused:  # of the session that was described
            form.say(refused.errors)
            problem = Refused("session", "Something of the session is missing; see below.", "/date_of_service")
    shown = {
        "form": form,
        "sessions": own_sessions(request.actor),
        "chosen": request.POST.get("session", ""),
        "text": request.POST.get("text", ""),
        "answer": answer,
        "problem": problem,
        "most": settings.UPLOAD_MAX_BYTES // (1024 * 1024),
    }
    return render(request, "notes/precheck.html", shown, status=422 if problem else 200)


def _form(request: PageRequest) -> tuple[str, SessionForm]:
    npi, defaults = before_submit.defaults_of(request.actor)
    known = [(payer.payer_id, str(payer), payer.kind) for payer in payers()]
    today = request.now.astimezone(ZoneInfo(defaults.time_zone or "UTC")).date()
    described = request.method == "POST" and not request.POST.get("session")
    return npi, SessionForm(request.POST if described else None, defaults, known, today)


def _checked(request: PageRequest, npi: str, form: SessionForm) -> Checked:
    chosen = request.POST.get("session", "")
    if not chosen and not form.is_valid():
        raise Refused("session", "Choose the session the note is about, or describe it below.", "/session")
    body = None if chosen else form.body(npi)
    session = services.session_to_check(request.actor, body, _id(chosen) if chosen else None, request.now)
    file = request.FILES.get("file")
    if file is not None:
        return services.check_file(session, file.name or "", file.read())
    return services.check_text(session, request.POST.get("text", ""))


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refused("session", "Choose the session the note is about.", "/session") from None


def _answer(checked: Checked) -> dict[str, Any]:
    rows = reading_shapes.rows(checked.reading)
    locked = checked.reading.quarantine
    return {
        "open": [row for row in rows if row["verdict"] not in ("met", "unsure")],
        "unsure": [row for row in rows if row["verdict"] == "unsure"],
        "met": [row for row in rows if row["verdict"] == "met" and not row["by_record"]],
        "by_record": [row for row in rows if row["verdict"] == "met" and row["by_record"]],
        "locked": locked.provider if locked else "",
        "foreign": checked.reading.language not in ("en", "unknown"),
        "unread": checked.unread_pages,
    }
