"""The staff page of one case, and what its buttons do."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from clawguard.access.pages import PageRequest, page
from clawguard.clock import now as read_clock
from clawguard.events.errors import NotFound, Refused
from disputes import fact_input, facts, letters, policies, selectors, services
from disputes.fact_history import added_facts
from disputes.ledger import ledgers
from disputes.selectors import triage
from disputes.selectors.case_page import case_page, decision_choices
from disputes.selectors.files import chosen_for_pages
from disputes.selectors.filled_templates import Ready
from disputes.selectors.packs import pack_panel
from disputes.selectors.templates import to_begin_with
from disputes.views.files import files_of
from notes.wording import upload_words
from sessions import forms


@require_GET
@page
def show(request: PageRequest, case_id: UUID) -> HttpResponse:
    if request.actor.is_provider:
        return HttpResponseRedirect(reverse("my-case", args=[case_id]))
    return case_with(request, case_id)


def case_with(
    request: PageRequest, case_id: UUID, refused: Refused | None = None, typed: Any = None, ready: Ready | None = None
) -> HttpResponse:
    """The page; after a refusal with what was typed still in its fields and the reason at the top. ``ready``: a wording
    that was just filled into the field of the message."""
    case = selectors.get_case(request.actor, case_id)
    policies.require_staff_view(request.actor)
    money = ledgers([case.session_id]) if case.session_id else {}
    context = case_page(request.actor, case, facts.evidence(case, money), money, request.now)
    actions = context["actions"]
    context |= {
        "now": request.now,
        "refused": refused,
        "refused_field": _field(request.POST, refused),
        "typed": request.POST if typed is None else typed,
        "ready": ready,
        "chosen": chosen_for_pages(request.actor, case) if "note" in actions else {},
        **upload_words(),
        "wordings": to_begin_with(request.actor) if "messages" in actions else [],
        "ticked": request.POST.getlist("evidence"),
        "added": added_facts(case),
        "choices": decision_choices(case) if "decision" in actions else {},
        "fact_choices": fact_input.choices() if "facts" in actions else [],
        "asked_fact": request.GET.get("fact", ""),
        "packs": pack_panel(request.actor, case),
        "people": triage.colleagues(request.actor) if "assign" in actions else [],
    }
    addable = {name for name, _label in context["fact_choices"]}
    for question in context["missing"]:
        question["adds"] = question["fact"] if question["fact"] in addable else ""
    for fact in context["evidence"]:
        cited = context["proposal"]["cited"] if context["proposal"] and refused is None else context["ticked"]
        fact["ticked"] = fact["fact"] in cited
    return render(request, "disputes/case.html", context, status=200 if refused is None else 422)


def _field(form: Mapping[str, str], refused: Refused | None) -> str:
    """The id of the field that a refusal is about; empty where the page has none. Two forms have a ``text``."""
    name = refused.pointer.removeprefix("/") if refused is not None else ""
    if name == "text":
        return "note" if form.get("internal") == "yes" else "message"
    return name if name in {"party", "clause", "outcome", "amount", "explanation", "evidence"} else ""


@require_POST
@page
def decide(request: PageRequest, case_id: UUID) -> HttpResponse:
    selectors.get_case(request.actor, case_id)
    try:
        decision = services.decide(request.actor, case_id, _verdict(request), request.now)
    except Refused as refused:
        return case_with(request, case_id, refused)
    if decision.final_at is None:
        messages.success(request, "Proposed. A second person looks at it before it holds.")
    else:
        messages.success(request, "Decided. The provider is told by letter.")
    return _back(case_id)


def _verdict(request: HttpRequest) -> services.Verdict:
    form = request.POST
    return services.Verdict(
        party=form.get("party", ""),
        clause=form.get("clause", ""),
        outcome=form.get("outcome", ""),
        explanation=form.get("explanation", ""),
        evidence=tuple(form.getlist("evidence")),
        amount=_amount(form.get("amount", "")),
    )


def _amount(typed: str) -> Decimal | None:
    typed = typed.strip().lstrip("$").replace(",", "")
    if not typed:
        return None
    try:
        amount = Decimal(typed)
    except InvalidOperation:
        raise Refused("amount", "Give the amount in dollars and cents, such as 40.00.", "/amount") from None
    if not amount.is_finite() or not 0 <= amount < 10**8 or amount != round(amount, 2):
        raise Refused("amount", "Give the amount in dollars and cents, such as 40.00.", "/amount")
    return amount


@require_POST
@page
def preview(request: PageRequest, case_id: UUID) -> HttpResponse:
    """The decision letter as it would read, for the part of the page that asked; nothing is stored."""
    case = selectors.get_case(request.actor, case_id)
    policies.require_worker(request.actor)
    form = request.POST
    party, clause, outcome, said = (form.get(name, "") for name in ("party", "clause", "outcome", "explanation"))
    try:
        amount = _amount(form.get("amount", ""))
    except Refused:
        amount = None
    chosen = letters.Choices(party, clause, outcome, said, amount, form.getlist("evidence"))
    text = letters.preview(case, chosen)
    return render(request, "disputes/letter_preview.html", {"letter": text})


@require_POST
@page
def approve(request: PageRequest, case_id: UUID) -> HttpResponse:
    services.approve(request.actor, case_id, request.now)
    messages.success(request, "Approved. The decision holds, and the provider is told by letter.")
    return _back(case_id)


@require_POST
@page
def send_back(request: PageRequest, case_id: UUID) -> HttpResponse:
    services.send_back(request.actor, case_id, request.POST.get("reason", ""), request.now)
    messages.success(request, "Sent back with your reason.")
    return _back(case_id)


@require_POST
@page
def withdraw_proposal(request: PageRequest, case_id: UUID) -> HttpResponse:
    services.withdraw_proposal(request.actor, case_id, request.POST.get("reason", ""), request.now)
    messages.success(request, "You took your proposal back. The case waits for a decision again.")
    return _back(case_id)


@require_POST
@page
def close(request: PageRequest, case_id: UUID) -> HttpResponse:
    services.close(request.actor, case_id, request.now)
    messages.success(request, "Closed.")
    return _back(case_id)


@require_POST
@page
def post_message(request: PageRequest, case_id: UUID) -> HttpResponse:
    selectors.get_case(request.actor, case_id)
    policies.require_worker(request.actor)
    form, internal = request.POST, request.POST.get("internal") == "yes"
    begun = services.Begun(form["begun"], form.get("begun_version", "")) if form.get("begun") else None
    try:
        services.post_message(
            request.actor,
            case_id,
            form.get("text", ""),
            request.now,
            internal=internal,
            begun=begun,
            chosen=files_of(form),
        )
    except Refused as refused:
        return case_with(request, case_id, refused)
    return _back(case_id, "internal" if internal else "conversation")


@require_POST
@page
def add_fact(request: PageRequest, case_id: UUID) -> HttpResponse:
    case = selectors.get_case(request.actor, case_id)
    name, form = request.POST.get("name", ""), request.POST
    stated: dict[str, Any] = {"value": fact_input.value(name, form.get("value", ""), case.provider.time_zone)}
    if form.get("source", "").strip():
        stated["source"] = form["source"].strip()
    try:
        services.add_facts(request.actor, case_id, {name: stated}, request.now)
    except Refused as refused:
        return case_with(request, case_id, fact_input.in_words(name, refused))
    services.attribute(case_id, request.now)
    messages.success(request, "Fact added, and the facts weighed again.")
    return _back(case_id, "evidence")


@require_POST
@page
def withdraw_fact(request: PageRequest, case_id: UUID, name: str) -> HttpResponse:
    selectors.get_case(request.actor, case_id)
    try:
        services.withdraw_fact(request.actor, case_id, name, request.POST.get("reason", ""), request.now)
    except Refused as refused:
        return case_with(request, case_id, refused)
    services.attribute(case_id, request.now)
    messages.success(request, "Taken back, and the facts weighed again.")
    return _back(case_id, "added-facts")


@require_POST
@page
def judge(request: PageRequest, case_id: UUID, finding_id: UUID, verdict: str) -> HttpResponse:
    if verdict not in {"confirm", "dismiss"}:
        raise NotFound
    said = forms.dismissal(request.POST)
    services.judge_finding(
        request.actor,
        case_id,
        finding_id,
        confirm=verdict == "confirm",
        reason=said.reason,
        now=request.now,
        code=said.code,
        until=said.until,
    )
    return _back(case_id, "findings")


@require_POST
@page
def assign(request: PageRequest, case_id: UUID) -> HttpResponse:
    who = request.POST.get("assignee", "")
    try:
        user_id = UUID(who) if who else None
    except ValueError:
        raise Refused("unknown_person", "Choose one of the people who work these cases.", "/assignee") from None
    services.assign(request.actor, case_id, user_id, request.now)
    return _back(case_id)


@require_POST
@page
def retry_notice(request: PageRequest, case_id: UUID) -> HttpResponse:
    services.retry_notice(request.actor, case_id, request.now, read_clock)
    messages.success(request, "The notice was delivered; the answer time runs.")
    return _back(case_id)


@require_POST
@page
def report_bounce(request: PageRequest, case_id: UUID) -> HttpResponse:
    services.report_notice_bounce(request.actor, case_id, request.now)
    messages.success(request, "Recorded that the mail came back.")
    return _back(case_id)


@require_POST
@page
def tell_again(request: PageRequest, case_id: UUID) -> HttpResponse:
    services.tell_decision_again(request.actor, case_id, request.now, read_clock)
    messages.success(request, "The decision was mailed again; the time to appeal begins anew.")
    return _back(case_id)


@require_POST
@page
def open_case(request: PageRequest, session_id: UUID) -> HttpResponse:
    """The button on a session page: open its case, or go to the one that stands."""
    return _back(services.open_by_hand(request.actor, session_id, request.now).pk)


def _back(case_id: UUID, part: str = "") -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("case", args=[case_id]) + (f"#{part}" if part else ""))
