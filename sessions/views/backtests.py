"""Backtests: what draft rules would have changed, with the list behind every number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clawguard.access import Problem
from clawguard.access.pages import PageRequest, page
from sessions import policies
from sessions.intake.spreadsheets import table
from sessions.models import Backtest
from sessions.rulebook import results, words
from sessions.rulebook.selectors import payer_names
from sessions.services import trials
from sessions.views.jobs import job_context, job_progress, job_stopped
from sessions.views.scope_fields import scope_fields

CHANGE_WORDS = {"new": "New", "gone": "Gone", "changed": "Changed"}


@require_http_methods(["GET", "HEAD", "POST"])
@page
def backtest_list(request: PageRequest) -> HttpResponse:
    rows, payers, refusal = results.backtests(request.actor), payer_names(), None
    if request.method == "POST":
        try:
            scope = trials.read_scope(request.POST.dict(), request.now.date())
            job = trials.start_backtest(request.actor, scope, request.now)
            return HttpResponseRedirect(reverse("backtest", args=[job.pk]))
        except Problem as problem:
            refusal = problem
    context = {
        "rows": [(job, words.JOB_STATES[job.status], _about(job, payers)) for job in rows],
        "refusal": refusal,
        "fields": scope_fields(request.POST, request.now.date()),
        "may_start": policies.edits_rules(request.actor),
    }
    return render(request, "rules/backtests.html", context, status=refusal.status if refusal else 200)


@require_GET
@page
def backtest_page(request: PageRequest, backtest_id: UUID) -> HttpResponse:
    job = results.get_backtest(request.actor, backtest_id)
    context = _context(request, job) | {
        "by_check": results.by_check(job),
        "by_payer": results.by_payer(job),
        "difference": job.risk_after - job.risk_before,
    }
    return render(request, "rules/backtest.html", context)


def _context(request: PageRequest, job: Backtest) -> dict[str, Any]:
    return job_context(request, job, "backtest-progress", "Sessions tried") | {
        "trial": job,
        "trial_link": True,
        "about": _about(job, payer_names()),
    }


def _about(job: Backtest, payers: Mapping[str, str]) -> str:
    """Whose rules are tried; empty for all drafts together."""
    return words.scope(job.revision.scope, payers) if job.revision else ""


@require_GET
@page
def backtest_progress(request: PageRequest, backtest_id: UUID) -> HttpResponse:
    return job_progress(request, _context(request, results.get_backtest(request.actor, backtest_id)))


@require_POST
@page
def backtest_cancel(request: PageRequest, backtest_id: UUID) -> HttpResponse:
    job = trials.cancel_backtest(request.actor, backtest_id, request.now)
    return job_stopped(request, job, "backtest", "Stopped. What was found by then can be looked at.")


def _chosen(given: QueryDict) -> dict[str, str]:
    change = given.get("change", "")
    return {
        "change": change if change in results.CHANGES else "",
        "check": given.get("check", "")[:8],
        "payer": given.get("payer", "")[:80],
    }


@require_GET
@page
def backtest_changes(request: PageRequest, backtest_id: UUID) -> HttpResponse:
    """The findings behind a number."""
    job, chosen = results.get_backtest(request.actor, backtest_id), _chosen(request.GET)
    rows, mark = results.page_of(results.changes(job, **chosen), request.GET.get("after", ""))
    context = _context(request, job) | _pages(request, chosen, mark) | {"rows": rows, "words": CHANGE_WORDS}
    return render(request, "rules/backtest_changes.html", context)


@require_GET
@page
def backtest_sessions(request: PageRequest, backtest_id: UUID) -> HttpResponse:
    """The sessions behind a number of cases."""
    job = results.get_backtest(request.actor, backtest_id)
    case = request.GET.get("case", "")
    chosen = {"case": case if case in ("opened", "gone") else "", "payer": request.GET.get("payer", "")[:80]}
    rows, mark = results.page_of(results.sessions(job, **chosen), request.GET.get("after", ""))
    return render(
        request, "rules/backtest_sessions.html", _context(request, job) | _pages(request, chosen, mark) | {"rows": rows}
    )


def _pages(request: PageRequest, chosen: dict[str, str], mark: str) -> dict[str, Any]:
    kept = {name: value for name, value in chosen.items() if value}
    first = f"?{urlencode(kept)}" if request.GET.get("after") else ""
    return {"chosen": chosen, "next_url": f"?{urlencode({**kept, 'after': mark})}" if mark else "", "first_url": first}


@require_POST
@page
def backtest_csv(request: PageRequest, backtest_id: UUID) -> Any:
    """The same as a table. A POST, because who took it is written to the log."""
    job, chosen = results.get_backtest(request.actor, backtest_id), _chosen(request.POST)
    trials.note_export(request.actor, job, request.now)
    rows = results.table_rows(results.changes(job, **chosen))
    answer = StreamingHttpResponse(table(results.COLUMNS, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="backtest-{job.pk}.csv"'
    return answer
