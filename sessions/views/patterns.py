"""Patterns: the list by month, and one pattern with its numbers drawn and told."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from clawguard.access.pages import PageRequest, page
from clawguard.accounts.actors import STAFF_ROLES
from clawguard.domain.lifecycles import PatternState
from clawguard.domain.patterns import PATTERNS
from clawguard.ui.toasts import toast
from sessions import policies, services
from sessions import selectors_patterns as selectors
from sessions.views.pattern_charts import chart_of, link_to_all

PAGE = 50
STATE_WORDS = {"new": "to be looked at", "confirmed": "worth a talk", "dismissed": "explained", "cleared": "cleared"}
DONE = {
    "confirm": "The pattern is marked as worth a talk.",
    "dismiss": "The pattern is explained; your reason is kept beside it.",
    "restore": "The pattern is taken up again.",
}


class PatternSearch(forms.Form):
    """What patterns are looked for by."""

    provider = forms.CharField(label="Provider", required=False, max_length=120)
    pattern = forms.ChoiceField(
        label="Pattern",
        required=False,
        choices=[("", "Any"), *((key, f"{key} {PATTERNS[key].title}") for key in sorted(PATTERNS))],
    )
    month = forms.DateField(
        label="Month", required=False, input_formats=["%Y-%m"], widget=forms.DateInput(attrs={"type": "month"})
    )
    status = forms.ChoiceField(
        label="State",
        required=False,
        choices=[("", "Standing"), *((state, STATE_WORDS[state]) for state in PatternState)],
    )


@require_GET
@page
def pattern_list(request: PageRequest) -> HttpResponse:
    today = request.now.date()
    form = PatternSearch(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    number = int(request.GET["page"]) if request.GET.get("page", "").isdecimal() and len(request.GET["page"]) < 5 else 1
    rows = selectors.search(request.actor, today, **asked).order_by("-month", "pattern", "-id")
    shown = list(rows[(number - 1) * PAGE : number * PAGE + 1])
    kept = {name: value for name, value in request.GET.items() if name != "page" and value}
    context = {
        "layout": "provider.html" if request.actor.is_provider else "staff.html",
        "staff": not request.actor.is_provider,
        "form": form,
        "rows": [(row, STATE_WORDS[row.status]) for row in shown[:PAGE]],
        "searched": any(asked.values()),
        "being_counted": selectors.being_counted(),
        "next_url": f"?{urlencode({**kept, 'page': number + 1})}" if len(shown) > PAGE else "",
        "first_url": f"?{urlencode(kept)}" if number > 1 else "",
    }
    return render(request, "sessions/patterns.html", context)


@require_GET
@page
def pattern_page(request: PageRequest, finding_id: UUID) -> HttpResponse:
    actor = request.actor
    finding = selectors.get_pattern(actor, finding_id, request.now.date())
    context = {
        "layout": "provider.html" if actor.is_provider else "staff.html",
        "staff": not actor.is_provider,
        "finding": finding,
        "info": PATTERNS[finding.pattern],
        "state_word": STATE_WORDS[finding.status],
        "chart": chart_of(finding, selectors.days_of(finding)),
        "sessions": selectors.sessions_of(finding),
        "all_url": f"{reverse('sessions')}?{urlencode(link_to_all(finding))}",
        "actions": policies.pattern_actions(actor, finding),
    }
    return render(request, "sessions/pattern.html", context)


@require_POST
@page
def judge(request: PageRequest, finding_id: UUID, deed: str) -> HttpResponse:
    request.actor.require(roles=STAFF_ROLES)
    services.judge_pattern(request.actor, finding_id, deed, request.POST.get("reason", ""), request.now)
    toast(request, DONE[deed])
    return HttpResponseRedirect(reverse("pattern", args=[finding_id]))
