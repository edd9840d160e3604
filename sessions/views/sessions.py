"""Session search and the page of one session."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from clawguard.access.pages import PageRequest, page
from clawguard.accounts.actors import READER_ROLES
from clawguard.domain.checks import ALL, Severity
from clawguard.domain.checks.diagnosing import dotted
from sessions import facts, hooks, policies, selectors
from sessions.services.dry_run import at_risk
from sessions.views.shapes import by_weight, card, fact_rows

PAGE = 50
STATES = [
    ("", "Any"),
    ("open", "Something to look at"),
    ("clear", "Nothing found"),
    ("unscreened", "Not screened yet"),
]


class SearchForm(forms.Form):
    """What sessions are looked for by. The client is searched apart: their identifier stays out of addresses."""

    provider = forms.CharField(label="Provider", required=False, max_length=120)
    code = forms.CharField(label="Code", required=False, max_length=10)
    payer_id = forms.ChoiceField(label="Payer", required=False)
    date_from = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    date_to = forms.DateField(label="To", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    check_id = forms.ChoiceField(label="Check", required=False)
    state = forms.ChoiceField(label="State", required=False, choices=STATES)
    client_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    external_id = forms.CharField(label="Session id", required=False, max_length=80)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        payers = [(payer.payer_id, str(payer)) for payer in selectors.payers()]
        self.fields["payer_id"].choices = [("", "Any"), *payers]  # type: ignore[attr-defined]
        self.fields["check_id"].choices = [("", "Any"), *((key, f"{key} {ALL[key].title}") for key in sorted(ALL))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("date_from"), said.get("date_to")
        if isinstance(first, dt.date) and isinstance(last, dt.date) and first > last:
            self.add_error("date_to", "This day is before the first day.")
        return said


@require_GET
@page
def session_list(request: PageRequest) -> HttpResponse:
    request.actor.require(roles=READER_ROLES)
    form = SearchForm(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = selectors.with_standing_findings(selectors.search(request.actor, **asked))
    shown, mark = selectors.page_of(rows, request.GET.get("after", ""), PAGE) if not form.errors else ([], "")
    for row in shown:
        _told(row)
    searched = any(asked.values())
    context = {
        "form": form,
        "rows": shown,
        "searched": searched,
        "by_client": asked.get("client_id"),
        "nobody": request.GET.get("client_id") == str(NOBODY),
        "next_url": _next(request, mark),
        "first_url": _next(request, "") if request.GET.get("after") else "",
        "may_import": policies.may_take_in(request.actor),
    }
    return render(request, "sessions/list.html", context)


NOBODY = UUID(int=0)


@require_POST
@page
def find_client(request: PageRequest) -> HttpResponse:
    """From the network's own identifier to our opaque one, so that the identifier stands in no address and no log."""
    request.actor.require(roles=READER_ROLES)
    found = selectors.find_client(request.actor, request.POST.get("client", "").strip()[:80])
    return HttpResponseRedirect(f"{reverse('sessions')}?client_id={found or NOBODY}")


def _next(request: PageRequest, mark: str) -> str:
    kept = {name: value for name, value in request.GET.items() if name != "after" and value}
    if mark:
        kept["after"] = mark
    elif not request.GET.get("after"):
        return ""
    return f"?{urlencode(kept)}" if kept else reverse("sessions")


def _told(row: Any) -> None:
    """What the row says of its findings: the weightiest that asks for something, and how many more there are."""
    asking = [finding for finding in by_weight(row.standing) if finding.severity != Severity.INFO]
    row.worst, row.more = (asking[0], len(asking) - 1) if asking else (None, 0)
    row.remarks = len(row.standing) - len(asking)
    row.at_risk = at_risk(row.contracted_rate, [finding.amount_at_risk for finding in row.standing])


@require_GET
@page
def session_page(request: PageRequest, session_id: UUID) -> HttpResponse:
    actor = request.actor
    session = selectors.get_session(actor, session_id)
    said = facts.session_facts([session.pk])[session.pk]
    findings = selectors.findings_of(actor, session)
    standing = [finding for finding in findings if finding.status in selectors.STANDING]
    context = {
        "layout": "provider.html" if actor.is_provider else "staff.html",
        "staff": not actor.is_provider,
        "session": session,
        "said": said,
        "fact_rows": fact_rows(said),
        "diagnoses": [dotted(code) for code in said.diagnoses],
        "findings": [card(finding, actor) for finding in by_weight(standing)],
        "settled": [card(finding, actor) for finding in findings if finding.status not in selectors.STANDING],
        "screened_at": selectors.screened_at(session),
        "screenings": selectors.screenings_of(session),
        "revisions": selectors.revisions_of(actor, session),
        "at_risk": at_risk(session.contracted_rate, [finding.amount_at_risk for finding in standing]),
        "sections": hooks.sections(actor, session, request.now),
    }
    return render(request, "sessions/session.html", context)
