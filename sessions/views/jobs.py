"""What the pages of long work share: where it stands, its progress as it goes on, and stopping it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from clawguard.access.pages import PageRequest
from clawguard.domain.lifecycles import JobState
from clawguard.ui.toasts import toast
from sessions import policies
from sessions.models import Backtest, Rescreening
from sessions.rulebook import words

Job = Backtest | Rescreening


def job_context(request: PageRequest, job: Job, progress: str, label: str) -> dict[str, Any]:
    """``progress`` names the address that tells how far it is, ``label`` what is counted."""
    return {
        "job": job,
        "state": words.JOB_STATES[job.status],
        "actions": policies.job_actions(request.actor, job),
        "progress_url": reverse(progress, args=[job.pk]),
        "progress_label": label,
    }


def job_progress(request: PageRequest, context: dict[str, Any]) -> HttpResponse:
    """The part of the page that is asked for again and again; once the work has ended, the whole page is."""
    answer = render(request, "rules/progress.html", context)
    if context["job"].status != JobState.RUNNING:
        answer["HX-Refresh"] = "true"
    return answer


def job_stopped(request: PageRequest, job: Job, page: str, said: str) -> HttpResponse:
    toast(request, said)
    return HttpResponseRedirect(reverse(page, args=[job.pk]))
