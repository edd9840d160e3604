"""Asking about several sessions at once: choose, look, ask, see what became of each, take back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from clawguard.access.pages import PageRequest, page
from clawguard.events.errors import NotFound, Refused
from clawguard.ui import words
from clawguard.ui.toasts import toast
from notes import selectors_asking, services
from notes.models import RequestBatch
from notes.services.bulk import ASKED, MOST, TAKEN_BACK, TIME_TO_UNDO, Row


@require_GET
@page
def choose(request: PageRequest) -> HttpResponse:
    return _choose(request)


def _choose(request: PageRequest, refused: Refused | None = None) -> HttpResponse:
    check_id = request.GET.get("check", "")[:10]
    rows = selectors_asking.sessions_to_ask_about(request.actor, check_id, MOST)
    context = {"rows": rows, "check_id": check_id, "refused": refused, "most": MOST}
    return render(request, "notes/ask_choose.html", context, status=422 if refused else 200)


@require_POST
@page
def look(request: PageRequest) -> HttpResponse:
    try:
        rows = services.preview_many(request.actor, _chosen(request), request.now)
    except Refused as refused:
        return _choose(request, refused)
    asked = [row for row in rows if not row.obstacle]
    context = {"rows": [(row, _due(row)) for row in rows], "count": len(asked), "providers": _providers(asked)}
    return render(request, "notes/ask_preview.html", context)


def _chosen(request: PageRequest) -> list[UUID]:
    try:
        return [UUID(text) for text in request.POST.getlist("session")]
    except ValueError:
        raise NotFound from None


def _due(row: Row) -> str:
    return words.due(row.deadline.lapses_at, row.deadline.time_zone, whose="their time") if row.deadline else ""


def _providers(asked: Sequence[Row]) -> int:
    return len({row.session.provider_id for row in asked})


@require_POST
@page
def send(request: PageRequest) -> HttpResponse:
    try:
        batch = services.ask_about_many(request.actor, _chosen(request), request.now)
    except Refused as refused:
        return _choose(request, refused)
    toast(request, _told(batch), reverse("request-batch-undo", args=[batch.pk]))
    return HttpResponseRedirect(reverse("request-batch", args=[batch.pk]))


def _told(batch: RequestBatch) -> str:
    count = sum(row["result"] == ASKED for row in batch.rows)
    return f"Asked for documents of {words.plural(count, 'session')}."


@require_GET
@page
def show(request: PageRequest, batch_id: UUID) -> HttpResponse:
    batch = services.get_batch(request.actor, batch_id)
    known = selectors_asking.sessions_by_id(request.actor, [UUID(row["session"]) for row in batch.rows])
    rows = [(known[row["session"]], row["request"], row["result"]) for row in batch.rows if row["session"] in known]
    context: dict[str, Any] = {
        "batch": batch,
        "told": _told(batch),
        "rows": rows,
        "may_undo": batch.undone_at is None and request.now <= batch.at + TIME_TO_UNDO,
    }
    return render(request, "notes/ask_batch.html", context)


@require_POST
@page
def undo(request: PageRequest, batch_id: UUID) -> HttpResponse:
    batch = services.undo_batch(request.actor, batch_id, request.now)
    count = sum(row["result"] == TAKEN_BACK for row in batch.rows)
    toast(request, f"Taken back: {words.plural(count, 'request')}. Nobody was written to.")
    return HttpResponseRedirect(reverse("request-batch", args=[batch.pk]))
