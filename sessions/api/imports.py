"""/imports: send a file, follow its progress, fetch what was wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import StreamingHttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access.api import ApiView, cursor_page, idempotent, query, raw_body, read_body, refuse_words
from clawguard.access.problems import FieldProblem, Problem
from clawguard.access.schema import documented, listing
from clawguard.domain.lifecycles import ImportState
from sessions import policies, selectors
from sessions.downloads import error_file
from sessions.models import ImportBatch, ImportProblem
from sessions.services import imports

KINDS = (*imports.KINDS, "x12_835")
OPTIONS: dict[str, Any] = {"kind": KINDS, "dry_run": bool, "only_good_rows": bool, "hold": bool, "file_name": str}
FORM_FIELDS = frozenset({"kind", "dry_run", "only_good_rows", "hold", "mapping", "defaults", "csrfmiddlewaretoken"})
IMPORT = {"type": "object", "description": "One file: its kind, progress, counts, and what comes next."}


class Imports(ApiView):
    largest_body = settings.IMPORT_MAX_BYTES

    @documented(
        "Import a file",
        about="Multipart with `file`, or the file as the body with options in the query. A bad row refuses the whole"
        " file unless `only_good_rows` is true. `dry_run` says what would happen; `hold` waits for a start. Remittances"
        " (x12_835, scope `remittances:write`) are taken or refused payment by payment, and never held.",
        body={"type": "string", "format": "binary"},
        media="application/octet-stream",
        answer=IMPORT,
        status=202,
        scope=policies.WRITE,
    )
    @idempotent
    def post(self, request: Request) -> Response:
        name, chunks, wishes = _multipart(request) if _is_form(request) else _raw(self, request)
        taken = imports.take(self.actor, name, chunks, wishes, self.now)
        headers = {"Location": f"/api/v1/imports/{taken.pk}"}
        return Response(import_dict(taken, self), 202, headers=headers)

    @documented(
        "List imports",
        answer=listing(IMPORT),
        scope=policies.WRITE,
        query={"status": "where the import stands", "kind": "kind of file"},
    )
    def get(self, request: Request) -> Response:
        asked = query(request, {"status": tuple(ImportState), "kind": KINDS})
        wanted = {name: asked[name] for name in ("status", "kind") if name in asked}
        rows = selectors.imports(self.actor).filter(**wanted)
        return cursor_page(request, rows, lambda row: import_dict(row, self), order=("-created_at", "-id"))


class Import(ApiView):
    @documented("Progress and counts of an import", answer=IMPORT, scope=policies.WRITE)
    def get(self, request: Request, batch_id: UUID) -> Response:
        query(request, {}, page=False)
        return Response(import_dict(selectors.get_import(self.actor, batch_id), self))


class Problems(ApiView):
    @documented("What is wrong, row by row", answer=listing({"type": "object"}), scope=policies.WRITE)
    def get(self, request: Request, batch_id: UUID) -> Response:
        query(request, {})
        batch = selectors.get_import(self.actor, batch_id)
        return cursor_page(request, batch.problems.all(), problem_dict, order=("row", "id"))


class ErrorFile(ApiView):
    @documented("The same as a table for a spreadsheet", scope=policies.WRITE)
    def get(self, request: Request, batch_id: UUID) -> StreamingHttpResponse:
        return error_file(selectors.get_import(self.actor, batch_id))


class Start(ApiView):
    @documented("Start an import that waits", body={"type": "object"}, answer=IMPORT, scope=policies.WRITE)
    @idempotent
    def post(self, request: Request, batch_id: UUID) -> Response:
        body = read_body(request)
        good_only = body.pop("only_good_rows", False)
        errors = [FieldProblem(f"/{name[:40]}", "unknown", "Leave it out.") for name in body]
        if not isinstance(good_only, bool):
            errors.append(FieldProblem("/only_good_rows", "type_boolean", "Give true or false."))
        if errors:
            raise Problem(400, "invalid", "The request cannot be read", "See errors.", errors)
        batch = imports.start(self.actor, batch_id, self.now, only_good_rows=good_only)
        return Response(import_dict(batch, self))


class Cancel(ApiView):
    @documented("Leave an import that waits", answer=IMPORT, scope=policies.WRITE)
    @idempotent
    def post(self, request: Request, batch_id: UUID) -> Response:
        refuse_words(request)
        return Response(import_dict(imports.cancel(self.actor, batch_id, self.now), self))


def _is_form(request: Request) -> bool:
    return request.content_type.startswith("multipart/form-data")


def _multipart(request: Request) -> tuple[str, Iterable[bytes], imports.Wishes]:
    form, files = request._request.POST, request._request.FILES
    errors = [FieldProblem(name[:40], "unknown", "Leave it out.") for name in form if name not in FORM_FIELDS]
    sent = files.getlist("file")
    if set(files) != {"file"} or len(sent) != 1:
        errors.append(FieldProblem("file", "required", "Send exactly one file, in the field `file`."))
    kind = form.get("kind", "")
    wishes = imports.Wishes(
        kind=kind,
        mapping=_mapping(form.get("mapping", ""), "mapping", errors),
        defaults=_mapping(form.get("defaults", ""), "defaults", errors),
        dry_run=_flag(form.get("dry_run", ""), "dry_run", errors),
        hold=_flag(form.get("hold", ""), "hold", errors),
        only_good_rows=_flag(form.get("only_good_rows", ""), "only_good_rows", errors),
    )
    if kind and kind not in KINDS:
        errors.append(FieldProblem("kind", "unknown", f"Give one of {', '.join(KINDS)}."))
    if errors:
        raise Problem(400, "invalid", "The request cannot be read", "See errors.", errors)
    [file] = sent
    return file.name or "", file.chunks(), wishes


def _flag(text: str, name: str, errors: list[FieldProblem]) -> bool:
    if text.lower() not in ("", "true", "false", "1", "0"):
        errors.append(FieldProblem(name, "type_boolean", "Give true or false."))
    return text.lower() in ("true", "1")


def _mapping(text: str, name: str, errors: list[FieldProblem]) -> dict[str, str]:
    try:
        value = json.loads(text or "{}")
    except ValueError:
        value = None
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        errors.append(FieldProblem(name, "type_object", "Give a JSON object of texts."))
        return {}
    return value


def _raw(view: Imports, request: Request) -> tuple[str, Iterable[bytes], imports.Wishes]:
    asked = query(request, OPTIONS, page=False)
    name = asked.pop("file_name", "")
    return name, [raw_body(request, view.largest_body)], imports.Wishes(**asked)


def import_dict(batch: ImportBatch, view: ApiView) -> dict[str, Any]:
    """``changed`` is null while the import runs; false says that everything was here already."""
    address = f"/api/v1/imports/{batch.pk}"
    return {
        "id": str(batch.pk),
        "kind": batch.kind,
        "file_name": batch.file_name,
        "file_size": batch.file_size,
        "file_sha256": batch.file_sha256,
        "status": batch.status,
        "dry_run": batch.dry_run,
        "only_good_rows": batch.only_good_rows,
        "rows": {
            "total": batch.rows_total,
            "read": batch.rows_read,
            "good": batch.rows_good,
            "refused": batch.rows_refused,
            "stored": batch.rows_stored,
            "created": batch.rows_created,
            "corrected": batch.rows_corrected,
            "unchanged": batch.rows_unchanged,
        },
        "summary": batch.summary,
        "changed": batch.changed,
        "created_at": batch.created_at.isoformat(),
        "started_at": batch.started_at.isoformat() if batch.started_at else None,
        "ended_at": batch.ended_at.isoformat() if batch.ended_at else None,
        "problems": f"{address}/problems",
        "error_file": f"{address}/errors.csv",
        "allowed_actions": policies.import_actions(view.actor, batch),
    }


def problem_dict(problem: ImportProblem) -> dict[str, Any]:
    return {
        "row": problem.row,
        "session": problem.label,
        "column": problem.column,
        "pointer": problem.pointer,
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message,
    }
