"""Importing a file: upload, say what the columns mean, look at the report, import, see what came of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clawguard.access import Problem
from clawguard.access.pages import PageRequest, page
from clawguard.domain.checks import ALL
from clawguard.domain.lifecycles import ImportState
from clawguard.ui.toasts import toast
from sessions import downloads, hooks, policies, selectors
from sessions.intake import vault
from sessions.intake.readers.csv_columns import FIELDS, REQUIRED
from sessions.models import ImportBatch
from sessions.services import imports
from sessions.views.import_words import REASONS, STATUS_WORDS, ZONES

PAGE = 50
SHOWN_PROBLEMS = 200
SCREENING = "Its sessions are being screened; findings appear as they are found."
SCREENED = "Its sessions are screened."


@require_http_methods(["GET", "HEAD", "POST"])
@page
def import_list(request: PageRequest) -> HttpResponse:
    policies.require_import_reader(request.actor)
    refusal = None
    if request.method == "POST":
        try:
            return HttpResponseRedirect(_take(request))
        except Problem as problem:
            refusal = problem
    found = selectors.imports(request.actor).order_by("-created_at")[:PAGE]
    rows = [(batch, _state(batch)) for batch in found]
    context = {"rows": rows, "refusal": refusal, "may_import": policies.may_take_in(request.actor)}
    return render(request, "sessions/imports.html", context, status=refusal.status if refusal else 200)


def _take(request: PageRequest) -> str:
    """Take the uploaded file in; the address to go on at."""
    file = request.FILES.get("file")
    if file is None:
        raise Problem(400, "required", "No file was chosen", "Choose a CSV, NDJSON, 837P or 835 file first.")
    taken = imports.take(
        request.actor, file.name or "", file.chunks(), imports.Wishes(hold=True, ask_mapping=True), request.now
    )
    return reverse("import-page", args=[taken.pk])


@require_GET
@page
def import_page(request: PageRequest, batch_id: UUID) -> HttpResponse:
    batch = selectors.get_import(request.actor, batch_id)
    return render(request, "sessions/import.html", _context(request, batch))


def _state(batch: ImportBatch) -> str:
    """In the same words in the list and on the page: a table whose columns nobody confirmed waits for somebody."""
    return STATUS_WORDS["previewed" if batch.waits_for_mapping else batch.status]


def _context(request: PageRequest, batch: ImportBatch) -> dict[str, Any]:
    context: dict[str, Any] = {
        "batch": batch,
        "status_words": _state(batch),
        "actions": policies.import_actions(request.actor, batch),
        "progress": _progress(batch),
        "screened_words": SCREENED if _waiting(batch) is None else SCREENING,
        "stopped_title": f"Nothing {'more ' if batch.rows_stored else ''}of this file was stored",
        "reason": REASONS.get(batch.summary.get("reason", ""), ""),
        "counts": batch.summary.get("counts", {}),
        "found": [(ALL.get(key), key, count) for key, count in batch.summary.get("findings", {}).items()],
        "problems": list(batch.problems.order_by("row", "id")[:SHOWN_PROBLEMS]),
    }
    other = hooks.file_kind(batch.kind)
    if other is not None:
        context |= {"own_report": other.template, "report": other.report(batch)}
    context["more_problems"] = max(0, context["counts"].get("problems", 0) - len(context["problems"]))
    if batch.waits_for_mapping:
        context |= _mapping_context(batch)
    return context


def _progress(batch: ImportBatch) -> dict[str, Any] | None:
    """What the moving part of the page shows; None when nothing moves."""
    if batch.status == ImportState.RUNNING:
        total = batch.rows_good
        return {"done": batch.rows_stored, "total": total, "label": "Rows stored"}
    if batch.status == ImportState.RECEIVED and not batch.waits_for_mapping:
        label = "Payments read" if hooks.file_kind(batch.kind) else "Rows read"
        return {"done": batch.rows_read, "total": None, "label": label}
    return _waiting(batch)


def _waiting(batch: ImportBatch) -> dict[str, Any] | None:
    """How far the screening of what was stored has come; None once all of it is screened."""
    if batch.status != ImportState.DONE or not batch.changed or batch.dry_run or hooks.file_kind(batch.kind):
        return None
    screened, stored = selectors.screened_of(batch)
    return None if screened == stored else {"done": screened, "total": stored, "label": "Sessions screened"}


def _mapping_context(batch: ImportBatch, typed: dict[str, str] | None = None) -> dict[str, Any]:
    try:
        found = imports.preview(batch)
    except vault.Gone:
        return {"gone": True}
    chosen = {column: field for field, column in (typed if typed is not None else found.mapping).items()}
    columns = [
        {
            "number": number,
            "name": name,
            "samples": [row[number] for row in found.rows if number < len(row) and row[number]][:3],
            "chosen": chosen.get(name, ""),
        }
        for number, name in enumerate(found.headers)
    ]
    fields = [(field, field.replace(".", " ").replace("_", " "), field in REQUIRED) for field in FIELDS]
    return {
        "columns": columns,
        "fields": fields,
        "remembered": found.remembered,
        "zones": ZONES,
        "zone": found.defaults.get("time_zone", "America/New_York"),
    }


@require_POST
@page
def confirm_mapping(request: PageRequest, batch_id: UUID) -> HttpResponse:
    batch = selectors.get_import(request.actor, batch_id)
    headers = imports.preview(batch).headers if batch.waits_for_mapping else []
    fields = [request.POST.get(f"column-{number}", "") for number in range(len(headers))]
    mapping = {field: name for field, name in zip(fields, headers, strict=True) if field}
    zone = request.POST.get("time_zone", "")
    try:
        if len(mapping) != sum(map(bool, fields)):
            raise Problem(400, "mapping", "Two columns are taken for the same field", "Choose each field once.")
        imports.confirm_mapping(request.actor, batch.pk, mapping, {"time_zone": zone} if zone else {}, request.now)
    except Problem as problem:
        context = _context(request, batch) | _mapping_context(batch, mapping) | {"refusal": problem}
        return render(request, "sessions/import.html", context, status=problem.status)
    return HttpResponseRedirect(reverse("import-page", args=[batch.pk]))


@require_GET
@page
def import_progress(request: PageRequest, batch_id: UUID) -> HttpResponse:
    """The moving part alone; when nothing moves any more the page is fetched anew."""
    batch = selectors.get_import(request.actor, batch_id)
    progress = _progress(batch)
    context = {"progress": progress or {"done": batch.rows_stored, "total": None, "label": "Done"}, "batch": batch}
    answer = render(request, "sessions/import_progress.html", context | {"finished": progress is None})
    if progress is None:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
@page
def start_import(request: PageRequest, batch_id: UUID) -> HttpResponse:
    good_only = request.POST.get("only_good_rows") == "yes"
    batch = imports.start(request.actor, batch_id, request.now, only_good_rows=good_only)
    return HttpResponseRedirect(reverse("import-page", args=[batch.pk]))


@require_POST
@page
def cancel_import(request: PageRequest, batch_id: UUID) -> HttpResponse:
    imports.cancel(request.actor, batch_id, request.now)
    toast(request, "The import was left; nothing of the file was stored.")
    return HttpResponseRedirect(reverse("imports"))


@require_GET
@page
def error_file(request: PageRequest, batch_id: UUID) -> Any:
    return downloads.error_file(selectors.get_import(request.actor, batch_id))
