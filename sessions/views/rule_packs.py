"""Rule packs: what was in force together, and screening again under the present one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clawguard.access import Problem
from clawguard.access.pages import PageRequest, page
from sessions import policies
from sessions.models import Rescreening
from sessions.rulebook import packs, results
from sessions.services import trials
from sessions.views.jobs import job_context, job_progress, job_stopped
from sessions.views.scope_fields import scope_fields


@require_GET
@page
def pack_list(request: PageRequest) -> HttpResponse:
    rows = packs.all_packs(request.actor)
    context = {
        "rows": rows,
        "present": packs.present_digest(),
        "may_screen": policies.edits_rules(request.actor),
        "jobs": results.rescreenings(request.actor) if request.actor.role in ("lead", "auditor") else [],
    }
    return render(request, "rules/packs.html", context)


@require_GET
@page
def pack_page(request: PageRequest, digest: str) -> HttpResponse:
    pack = packs.get_pack(request.actor, digest)
    before = packs.pack_before(pack)
    context = {
        "pack": pack,
        "uses": packs.uses_of(pack),
        "present": packs.present_digest() == pack.digest,
        "before": before,
        "changes": packs.changes(before, pack),
        "checks": packs.check_rows(pack),
        "tables": sorted(pack.tables.items()),
        "policies": packs.policy_rows(pack.policies),
    }
    return render(request, "rules/pack.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def rescreening_new(request: PageRequest) -> HttpResponse:
    """Choose what to screen again, see how much it is, confirm."""
    policies.require_rules_editor(request.actor)
    given = request.POST if request.method == "POST" else request.GET
    refusal, count = None, None
    try:
        if given.get("from"):
            scope = trials.read_scope(given.dict(), request.now.date())
            if request.method == "POST":
                job = trials.start_rescreening(request.actor, scope, request.now)
                return HttpResponseRedirect(reverse("rescreening", args=[job.pk]))
            count = trials.sessions_to_screen(request.actor, scope)
        elif request.method == "POST":
            trials.read_scope(given.dict(), request.now.date())
    except Problem as problem:
        refusal = problem
    context = {
        "fields": scope_fields(given, request.now.date()),
        "refusal": refusal,
        "count": count,
        "given": [(name, value) for name, value in given.items() if name != "csrfmiddlewaretoken" and value],
        "present": packs.present_digest(),
    }
    return render(request, "rules/rescreening_new.html", context, status=refusal.status if refusal else 200)


@require_GET
@page
def rescreening_page(request: PageRequest, job_id: UUID) -> HttpResponse:
    return render(request, "rules/rescreening.html", _context(request, results.get_rescreening(request.actor, job_id)))


def _context(request: PageRequest, job: Rescreening) -> dict[str, Any]:
    return job_context(request, job, "rescreening-progress", "Sessions screened again")


@require_GET
@page
def rescreening_progress(request: PageRequest, job_id: UUID) -> HttpResponse:
    return job_progress(request, _context(request, results.get_rescreening(request.actor, job_id)))


@require_POST
@page
def rescreening_cancel(request: PageRequest, job_id: UUID) -> HttpResponse:
    job = trials.cancel_rescreening(request.actor, job_id, request.now)
    return job_stopped(request, job, "rescreening", "Stopped. What was screened by then stays.")
