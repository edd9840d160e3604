"""What is stated beside a session, its client and its provider: a page to read, add and withdraw."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from clawguard.access import Problem
from clawguard.access.pages import PageRequest, page
from clawguard.domain.client_papers import COVERS
from clawguard.domain.stated_facts import KINDS
from clawguard.ui.toasts import toast
from sessions import policies, selectors, services
from sessions.models import TherapySession
from sessions.views.stated_words import row_of

LABELS = {
    "status": "Status",
    "shown": "Shown when it was looked up",
    "checked_at": "Looked up at (the provider's time)",
    "retroactive": "Ended backwards",
    "required": "Required",
    "obtained": "Obtained",
    "known_at_booking": "Known when it was booked",
    "codes": "Codes, separated by spaces; empty: every code",
    "event": "What happened",
    "sessions": "Sessions",
    "per": "Per",
    "at": "At (the provider's time)",
    "filed_on": "Filed on",
    "offered": "Our picker offered a code that it should not have",
    "license": "License",
    "state": "State",
    "covers": "Covers",
    "used": "An interpreter takes part",
    "programme": "The records come from a part 2 program",
    "payer_id": "Payer id",
    "code": "Code",
    "amount": "Amount in US dollars",
}
CHOICES: dict[str, dict[str, tuple[str, ...]]] = {
    "status": {
        "eligibility": ("active", "inactive"),
        "appointment": ("kept", "cancelled", "no_show"),
        "enrollment": ("enrolled", "not_enrolled"),
        "consent": ("on_file", "not_on_file"),
    },
    "covers": {"consent": COVERS},
    "shown": {"eligibility": ("active", "inactive")},
    "event": {"event": ("death", "discharge", "disenrollment", "inpatient", "residential")},
    "per": {"plan": ("week", "month")},
}
CHOICE_WORDS = {"part2": "program records", "cancelled": "canceled"}
FLAGS = frozenset({"retroactive", "required", "obtained", "known_at_booking", "offered", "used", "programme"})
DAYS = frozenset({"from", "to", "filed_on"})
MOMENTS = frozenset({"checked_at", "at"})
NUMBERS = frozenset({"sessions"})


class StatementForm(forms.Form):
    """The fields of one kind, made from the table that programs are read by."""

    def __init__(self, kind: str, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        shape = KINDS[kind]
        for name in [*shape.needs, *shape.may]:
            self.fields[name] = _field(kind, name, required=name in shape.needs)
        if shape.dated:
            self.fields["from"] = _field(kind, "from", required=kind == "event")
            self.fields["to"] = _field(kind, "to", required=False)
        self.fields["source"] = forms.CharField(max_length=120, label="Where you know it from")


class MomentField(forms.CharField):
    """A moment picked on the provider's clock; one with an offset of its own, as programs send it, stays as it is."""

    widget = forms.TextInput(attrs={"type": "datetime-local"})


def _moment(typed: str, session: TherapySession) -> str:
    """What cannot be read is handed on as typed, for the one reader of statements to refuse."""
    try:
        moment = dt.datetime.fromisoformat(typed)
    except ValueError:
        return typed
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(session.provider.time_zone))).isoformat()


def _field(kind: str, name: str, *, required: bool) -> forms.Field:
    own = {
        "from": "First day",
        "to": "Last day",
        **({"code": "Which code; empty: any of the session"} if kind == "picker" else {}),
    }
    label = own.get(name, LABELS.get(name, name))
    if name in DAYS:
        day = forms.DateInput(attrs={"type": "date"})
        return forms.DateField(label=label, required=required, widget=day)
    listed = CHOICES.get(name, {}).get(kind) or (("yes", "no") if name in FLAGS else None)
    if listed:
        choices = [(value, CHOICE_WORDS.get(value, value.replace("_", " "))) for value in listed]
        return forms.ChoiceField(label=label, required=required, choices=[("", "not stated"), *choices])
    if name in MOMENTS:
        return MomentField(label=label, required=required)
    if name in NUMBERS:
        return forms.IntegerField(label=label, required=required, min_value=1, max_value=31)
    return forms.CharField(label=label, required=required, max_length=300)


def _body(kind: str, session: TherapySession, said: dict[str, Any]) -> dict[str, Any]:
    """What the form says, in the shape that programs send."""
    about = {"client": session.client.external_id, "provider": session.provider.npi, "session": session.external_id}
    body: dict[str, Any] = {"kind": kind, KINDS[kind].about: about[KINDS[kind].about]}
    for name, value in said.items():
        if value in (None, ""):
            continue
        if name in MOMENTS:
            value = _moment(value, session)
        body[name] = value == "yes" if name in FLAGS else value.isoformat() if name in DAYS else value
    return body


@require_http_methods(["GET", "POST"])
@page
def session_facts(request: PageRequest, session_id: UUID) -> HttpResponse:
    policies.require_fact_reader(request.actor)
    session = selectors.get_session(request.actor, session_id)
    asked = request.POST.get("kind") or request.GET.get("kind", "")
    kind = asked if asked in KINDS else "eligibility"
    form = StatementForm(kind, request.POST if request.method == "POST" else None)
    if request.method == "POST" and _stated(request, session, kind, form):
        toast(request, "The fact is stated; the sessions it is about are screened again.")
        return HttpResponseRedirect(reverse("session-facts", args=[session.pk]))
    context = {
        "session": session,
        "rows": [row_of(fact) for fact in selectors.facts_beside(request.actor, session)],
        "kinds": [(name, shape.label, shape.about) for name, shape in KINDS.items()],
        "kind": kind,
        "kind_label": KINDS[kind].label,
        "about": KINDS[kind].about,
        "form": form,
        "may_state": policies.may_write(request.actor, session),
    }
    return render(request, "sessions/stated.html", context, status=422 if form.errors else 200)


def _stated(request: PageRequest, session: TherapySession, kind: str, form: StatementForm) -> bool:
    """Whether the statement was taken; what is wrong with it stands at its field."""
    policies.require_intake(request.actor)
    if not form.is_valid():
        return False
    try:
        services.state_body(request.actor, _body(kind, session, form.cleaned_data), request.now)
    except Problem as problem:
        for error in problem.errors:
            name = error.pointer.strip("/")
            form.add_error(name if name in form.fields else None, error.message)
        return False
    return True


@require_POST
@page
def withdraw_fact(request: PageRequest, session_id: UUID, fact_id: UUID) -> HttpResponse:
    services.withdraw(request.actor, fact_id, request.POST.get("reason", ""), request.now)
    toast(request, "The fact is withdrawn; the sessions it was about are screened again.")
    return HttpResponseRedirect(reverse("session-facts", args=[session_id]))
