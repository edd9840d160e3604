"""Wordings for messages: the list for staff, how leads edit them, and the chooser on a case page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clawguard.access import Problem
from clawguard.access.pages import PageRequest, page
from clawguard.domain.message_templates import LETTERS, LONGEST_PART, PARTS, example, needs, placeholders_of
from clawguard.events.errors import Refused
from clawguard.ui.toasts import toast
from disputes import policies, selectors, services
from disputes.models import TemplateVersion
from disputes.selectors import templates as found
from disputes.selectors.filled_templates import ready_for
from disputes.services import Draft
from disputes.views.case import case_with


@require_GET
@page
def listed(request: PageRequest) -> HttpResponse:
    rows = found.template_list(request.actor)
    tables = [
        ("messages", "Messages", [row for row in rows if row["name"] not in LETTERS]),
        ("letters", "Letters of a case", [row for row in rows if row["name"] in LETTERS]),
    ]
    may_edit = policies.may_edit_templates(request.actor)
    return render(request, "disputes/templates.html", {"tables": tables, "may_edit": may_edit})


@require_http_methods(["GET", "HEAD", "POST"])
@page
def new(request: PageRequest) -> HttpResponse:
    policies.require_template_editor(request.actor)
    refusal = None
    if request.method == "POST":
        try:
            return _to(services.start_template(request.actor, _draft(request.POST), request.now))
        except Problem as problem:
            refusal = problem
    context = {"refusal": refusal, **_form(request.POST if refusal else None, None)}
    return render(request, "disputes/template_new.html", context, status=422 if refusal else 200)


@require_GET
@page
def show(request: PageRequest, name: str) -> HttpResponse:
    versions = found.versions_of(request.actor, name)
    offered = found.wordings().get(name)
    parts = offered.wording.parts if offered else versions[0].parts
    current = next((row for row in versions if offered and str(row.number) == offered.version), None)
    context = {
        "name": name,
        "offered": offered,
        "letter": name in LETTERS,
        "title": offered.wording.title if offered else versions[0].title,
        "parts": found.shown_parts(parts),
        "example": example(parts) if offered else "",
        "versions": [(row, found.STATES[row.status]) for row in versions],
        "current": current,
        "may_edit": policies.may_edit_templates(request.actor),
        "actions": policies.template_actions(request.actor, current) if current is not None else [],
    }
    return render(request, "disputes/template.html", context)


@require_POST
@page
def edit(request: PageRequest, name: str) -> HttpResponse:
    return _to(services.edit_template(request.actor, name, request.now))


@require_http_methods(["GET", "HEAD", "POST"])
@page
def version(request: PageRequest, version_id: UUID) -> HttpResponse:
    if request.method == "POST":
        policies.require_template_editor(request.actor)
    row, refusal = found.get_version(request.actor, version_id), None
    if request.method == "POST":
        try:
            services.save_template(request.actor, version_id, _draft(request.POST), request.now)
            toast(request, "The draft is saved.")
            return _to(row)
        except Problem as problem:
            refusal = problem
    return _draw(request, row, refusal)


def _draw(request: PageRequest, row: TemplateVersion, refusal: Problem | None) -> HttpResponse:
    actions = policies.template_actions(request.actor, row)
    context = {
        "version": row,
        "title": found.title_of(row),
        "state": found.STATES[row.status],
        "actions": actions,
        "refusal": refusal,
        "parts": found.shown_parts(row.parts) if row.parts else [],
        "example": example(row.parts) if row.parts else "",
        **(_form(request.POST if refusal else None, row) if "save" in actions else {}),
    }
    return render(request, "disputes/template_version.html", context, status=refusal.status if refusal else 200)


@require_POST
@page
def act(request: PageRequest, version_id: UUID, step: str) -> HttpResponse:
    """What is done with a version beside saving it; a refusal is told on the version's own page."""
    policies.require_template_editor(request.actor)
    row = found.get_version(request.actor, version_id)
    service, takes_reason, said = ACTS[step]
    given = [request.POST.get("reason", "")] if takes_reason else []
    try:
        done = service(request.actor, version_id, *given, request.now)
    except Refused as refused:
        return _draw(request, row, Problem(422, refused.code, "This cannot be done yet", str(refused)))
    toast(request, said)
    return HttpResponseRedirect(reverse("template", args=[row.template_id])) if step == "publish" else _to(done)


ACTS: dict[str, tuple[Any, bool, str]] = {
    "propose": (services.propose_template, False, "Proposed. A second lead looks at it before it is offered."),
    "publish": (services.publish_template, False, "Published. It is what people are offered from now on."),
    "return": (services.return_template, True, "Sent back to its author."),
    "discard": (services.discard_template, False, "Discarded. It stays in the history."),
    "take-back": (services.take_template_back, True, "Proposed to take it back. A second lead has to agree."),
}


@require_POST
@page
def use(request: PageRequest, case_id: UUID) -> HttpResponse:
    """The chosen wording with this case's values in the field of the message, under what stands there already.

    Nothing is stored. Without scripts the whole page comes back with it.
    """
    case = selectors.get_case(request.actor, case_id)
    policies.require_worker(request.actor)
    post = request.POST
    if not post.get("template"):
        return case_with(request, case_id, Refused("missing", "Choose a wording first.", "/template"))
    ready = ready_for(request.actor, case, post["template"])
    before = post.get("text", "").strip()
    typed = {
        "text": f"{before}\n\n{ready.text}" if before else ready.text,
        "begun": ready.name,
        "begun_version": ready.version,
    }
    if request.headers.get("HX-Request"):
        return render(request, "disputes/message_field.html", {"case": case, "typed": typed, "ready": ready})
    return case_with(request, case_id, typed=typed, ready=ready)


def _to(row: TemplateVersion) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("template-version", args=[row.pk]))


def _draft(post: QueryDict) -> Draft:
    parts = {part.name: post.get(part.name, "") for part in PARTS}
    return Draft(post.get("title", ""), post.get("used_when", ""), parts, post.get("reason", ""))


def _form(typed: QueryDict | None, row: TemplateVersion | None) -> dict[str, Any]:
    """The fields with what was typed just now, else with what is stored."""
    stored: dict[str, str] = {}
    if row is not None:
        stored = {"title": row.title, "used_when": row.used_when, "reason": row.reason, **row.parts}
    value = typed if typed is not None else stored
    fields = [
        {"name": part.name, "label": part.label, "hint": part.hint, "value": value.get(part.name, "")} for part in PARTS
    ]
    plain = {name: value.get(name, "") for name in ("title", "used_when", "reason")}
    name = row.template_id if row is not None else ""
    needed = needs(name)
    placeholders = [(known, about[0], known in needed) for known, about in placeholders_of(name).items()]
    return {"fields": fields, "form": plain, "placeholders": placeholders, "longest": LONGEST_PART}
