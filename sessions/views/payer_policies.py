"""Payer policies: who decides what from when; drafts, their tries, and a second person's agreement."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clawguard.access import Problem
from clawguard.access.pages import PageRequest, page
from clawguard.events.errors import Refused
from clawguard.ui.toasts import toast
from sessions import policies
from sessions.models import PolicyRevision
from sessions.rulebook import selectors, trials, words
from sessions.services import payer_policies
from sessions.services import trials as jobs
from sessions.services.payer_policies import Draft, ScopeName
from sessions.views import policy_form


@require_GET
@page
def policy_list(request: PageRequest) -> HttpResponse:
    context = {
        "rows": selectors.scope_rows(request.actor, request.now.date()),
        "may_edit": policies.edits_rules(request.actor),
        "version": selectors.policy_version(),
    }
    return render(request, "rules/policies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def policy_new(request: PageRequest) -> HttpResponse:
    """For whom and from when; the values come on the draft's own page."""
    policies.require_rules_editor(request.actor)
    refusal, status = None, 200
    if request.method == "POST":
        try:
            return HttpResponseRedirect(_begin(request))
        except Problem as problem:
            refusal, status = problem, problem.status
    context = {
        "refusal": refusal,
        "typed": request.POST if request.method == "POST" else request.GET,
        "kinds": words.KINDS.items(),
        "payers": selectors.payer_names().items(),
        "today": request.now.date().isoformat(),
    }
    return render(request, "rules/policy_new.html", context, status=status)


def _begin(request: PageRequest) -> str:
    data = request.POST
    scope = ScopeName(*(data.get(name, "").strip() for name in ("payer_kind", "payer_id", "plan")))
    said = policy_form.read(data)
    draft = Draft(said.first_day, said.last_day, {}, "")
    revision = payer_policies.start_draft(request.actor, scope, draft, request.now)
    return reverse("policy-revision", args=[revision.pk])


@require_GET
@page
def policy_scope(request: PageRequest, scope_id: UUID) -> HttpResponse:
    scope = selectors.get_scope(request.actor, scope_id)
    periods = selectors.periods_of(scope)
    context = {
        "scope": scope,
        "name": words.scope(scope, selectors.payer_names()),
        "periods": [
            (row, words.days(row.first_day, row.last_day), words.decided(row.revision.values)) for row in periods
        ],
        "revisions": [_told(row) for row in selectors.revisions_of(scope)],
        "may_edit": policies.edits_rules(request.actor),
    }
    return render(request, "rules/scope.html", context)


def _told(revision: PolicyRevision) -> dict[str, Any]:
    return {
        "row": revision,
        "state": words.STATES[revision.status],
        "days": words.days(revision.first_day, revision.last_day),
        "decided": words.decided(revision.values),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@page
def policy_revision(request: PageRequest, revision_id: UUID) -> HttpResponse:
    if request.method == "POST":
        policies.require_rules_editor(request.actor)
    revision = selectors.get_revision(request.actor, revision_id)
    refusal = None
    if request.method == "POST":
        try:
            payer_policies.save_draft(request.actor, revision_id, policy_form.read(request.POST), request.now)
            toast(request, "The draft is saved.")
            return HttpResponseRedirect(reverse("policy-revision", args=[revision_id]))
        except Problem as problem:
            refusal = problem
    status = refusal.status if refusal else 200
    typed = request.POST if refusal else None
    return render(request, "rules/revision.html", _context(request, revision, refusal, typed), status=status)


@require_POST
@page
def policy_autosave(request: PageRequest, revision_id: UUID) -> HttpResponse:
    """What is being typed is kept as far as it can be read; 422 names what could not be and stays as it was."""
    policies.require_rules_editor(request.actor)
    draft, unread = policy_form.readable(request.POST, selectors.get_revision(request.actor, revision_id))
    left = unread + payer_policies.save_readable(request.actor, revision_id, draft, request.now)
    fields = [{"pointer": problem.pointer, "message": problem.message} for problem in left]
    return JsonResponse({"left": fields}, status=422 if left else 200)


def _context(
    request: PageRequest, revision: PolicyRevision, refusal: Problem | None, typed: QueryDict | None = None
) -> dict[str, Any]:
    """``typed``: what could not be saved. A refusal of anything else leaves the form as it is stored."""
    actions = policies.revision_actions(request.actor, revision)
    trial = trials.latest(revision)
    waiting = revision.status in selectors.OPEN
    context = {
        **_told(revision),
        "revision": revision,
        "name": words.scope(revision.scope, selectors.payer_names()),
        "actions": actions,
        "refusal": refusal,
        "refused_fields": policy_form.at_fault(refusal.errors) if refusal else [],
        "trial": trial,
        "trial_link": request.actor.role in ("lead", "auditor"),
        "effects": selectors.effects_of(revision) if waiting else [],
        "state": words.STATES[revision.status],
    }
    if "edit" in actions:
        inherited = selectors.inherited(revision.scope, revision.first_day)
        context["form"] = policy_form.shown(revision, inherited, typed, refusal.errors if refusal else ())
    return context


@require_POST
@page
def policy_act(request: PageRequest, revision_id: UUID, act: str) -> HttpResponse:
    """What is done with a revision beside saving it; a refusal is told on the revision's own page."""
    policies.require_rules_editor(request.actor)
    revision = selectors.get_revision(request.actor, revision_id)
    try:
        address, said = ACTS[act](request, revision)
    except Refused as refused:
        problem = Problem(422, refused.code, "This cannot be done yet", str(refused))
        return render(request, "rules/revision.html", _context(request, revision, problem), status=422)
    if said:
        toast(request, said)
    return HttpResponseRedirect(address)


def _at(revision: PolicyRevision) -> str:
    return reverse("policy-revision", args=[revision.pk])


def _try(request: PageRequest, revision: PolicyRevision) -> tuple[str, str]:
    scope = jobs.last_ninety_days(request.now.date())
    job = jobs.start_backtest(request.actor, scope, request.now, revision=revision)
    return reverse("backtest", args=[job.pk]), ""


def _propose(request: PageRequest, revision: PolicyRevision) -> tuple[str, str]:
    payer_policies.propose(request.actor, revision.pk, request.now)
    return _at(revision), "Proposed. A second lead looks at it before it holds."


def _publish(request: PageRequest, revision: PolicyRevision) -> tuple[str, str]:
    payer_policies.publish(request.actor, revision.pk, request.now)
    return reverse("policy-scope", args=[revision.scope_id]), "Published. Sessions screened from now on follow it."


def _return(request: PageRequest, revision: PolicyRevision) -> tuple[str, str]:
    payer_policies.send_back(request.actor, revision.pk, request.POST.get("reason", ""), request.now)
    return _at(revision), "Sent back to its author with your words."


def _discard(request: PageRequest, revision: PolicyRevision) -> tuple[str, str]:
    payer_policies.discard(request.actor, revision.pk, request.now)
    return reverse("policy-scope", args=[revision.scope_id]), "Discarded; it stays in the history."


def _revert(request: PageRequest, revision: PolicyRevision) -> tuple[str, str]:
    back = payer_policies.revert(request.actor, revision.pk, request.POST.get("reason", ""), request.now)
    return _at(back), "Proposed. Once a second lead agrees, what held before holds again."


def _copy(request: PageRequest, revision: PolicyRevision) -> tuple[str, str]:
    return _at(payer_policies.copy(request.actor, revision.pk, request.now)), "A draft with these values is yours."


ACTS = {
    "try": _try,
    "propose": _propose,
    "publish": _publish,
    "return": _return,
    "discard": _discard,
    "revert": _revert,
    "copy": _copy,
}
