"""Rule health: a table of all checks, its CSV, and the list behind each number."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from clawguard.access.pages import PageRequest, page
from clawguard.accounts.actors import Actor
from clawguard.domain.checks.dismissals import BY_CODE, REASONS, offered
from clawguard.domain.proportions import FEWEST
from sessions import catalogue, finding_words, health, selectors
from sessions.health import Asked, Health
from sessions.intake.spreadsheets import table

PAGE = 50
PERIOD_WORDS = [("30", "Last 30 days"), ("90", "Last 90 days"), ("365", "Last year"), ("all", "All time")]
COLUMNS = [
    ("fired", "Fired"),
    ("waiting", "To be judged"),
    ("confirmed", "Confirmed"),
    ("dismissed", "Dismissed"),
    ("overturned", "Overturned"),
    ("cleared", "Cleared"),
]


@require_GET
@page
def overview(request: PageRequest) -> HttpResponse:
    asked = asked_of(request.GET)
    sort = request.GET.get("sort", "check")
    rows = health.in_order(health.of_all_checks(request.actor, asked, request.now), sort)
    context = {
        "rows": [shown(row, asked) for row in rows],
        "heads": [_head(name, label, sort, request.GET) for name, label in (("check", "Check"), *COLUMNS)],
        "precision_head": _head("precision", "Precision", sort, request.GET),
        "asked": asked,
        "sort": sort,
        "periods": PERIOD_WORDS,
        "payers": selectors.payers(),
        "fewest": FEWEST,
        "csv_url": f"{reverse('check-health-csv')}?{urlencode({'days': asked.days, 'payer': asked.payer_id})}",
    }
    return render(request, "sessions/health.html", context)


def asked_of(given: QueryDict, check_id: str = "") -> Asked:
    days = given.get("days", health.USUAL)
    return Asked(days if days in health.PERIODS else health.USUAL, given.get("payer", "")[:80], check_id)


def _head(name: str, label: str, sort: str, given: QueryDict) -> dict[str, str]:
    """A head that sorts by its column; once more turns the order round. Numbers begin with the largest."""
    column, falling = sort.removeprefix("-"), sort.startswith("-")
    rises = falling if column == name else name == "check"
    wanted = name if rises else f"-{name}"
    kept = {key: value for key, value in given.items() if key != "sort" and value} | {"sort": wanted}
    order = ("descending" if falling else "ascending") if column == name else ""
    return {"label": label, "url": f"?{urlencode(kept)}", "order": order}


def shown(row: Health, asked: Asked) -> dict[str, Any]:
    """A row whose every number leads to the findings it counts."""
    asked = asked._replace(payer_id=row.payer_id or asked.payer_id)
    counts, labels = {"": row.fired, **row.counts}, {"": "Fired", **dict(COLUMNS)}
    numbers = [
        {"label": labels[name], "count": count, "url": list_url(row.check_id, asked, name)}
        for name, count in counts.items()
    ]
    return {"row": row, "numbers": numbers, "precision": precision_words(row)}


def list_url(check_id: str, asked: Asked, state: str = "", reason: str = "") -> str:
    given = {"state": state, "reason": reason, "payer": asked.payer_id, "days": asked.days}
    kept = urlencode({name: value for name, value in given.items() if value})
    return f"{reverse('check-findings', args=[check_id])}?{kept}"


def precision_words(row: Health) -> str:
    """``82 % (71 to 89 %)``, or that there is too little to say."""
    said = row.precision
    if said.value is None or said.low is None or said.high is None:
        return "too few to say"
    return f"{said.value:.0%} ({said.low * 100:.0f} to {said.high:.0%})".replace("%", " %")


def of_check(actor: Actor, check_id: str, given: QueryDict, now: dt.datetime) -> dict[str, Any]:
    """What a check's own page shows to staff: its row, its dismissals by reason, and its row for each payer."""
    asked = asked_of(given, check_id)
    row = health.of_all_checks(actor, asked, now)[0]
    return {
        "asked": asked,
        "periods": PERIOD_WORDS,
        "fewest": FEWEST,
        "all": shown(row, asked),
        "reasons": [
            (reason.label, row.reasons[reason.code], list_url(check_id, asked, "", reason.code))
            for reason in REASONS
            if reason.code in row.reasons
        ],
        "payers": [shown(each, asked) for each in health.of_payers(actor, asked, now)],
        "columns": COLUMNS,
    }


@require_GET
@page
def overview_csv(request: PageRequest) -> HttpResponse:
    rows = health.of_all_checks(request.actor, asked_of(request.GET), request.now)
    answer = HttpResponse("".join(table(health.HEADER, health.as_rows(rows))), content_type="text/csv")
    answer["Content-Disposition"] = 'attachment; filename="rule-health.csv"'
    return answer


@require_GET
@page
def finding_list(request: PageRequest, check_id: str) -> HttpResponse:
    info = catalogue.get_check(check_id)
    asked = asked_of(request.GET, info.id)
    state, reason = request.GET.get("state", ""), request.GET.get("reason", "")
    rows = health.listed(request.actor, asked, state, reason if reason in BY_CODE else "", request.now)
    found, mark = health.page_of(rows, request.GET.get("after", ""), PAGE)
    context = {
        "check": info,
        "rows": [(row, finding_words.STATE_WORDS[row.status]) for row in found],  # type: ignore[index]
        "asked": asked,
        "state": state,
        "reason": reason,
        "states": [("", "Any"), *COLUMNS[1:]],
        "reasons": [("", "Any"), *((each.code, each.label) for each in offered(info.id))],
        "periods": PERIOD_WORDS,
        "payers": selectors.payers(),
        "next_url": _turned(request.GET, mark) if mark else "",
        "first_url": _turned(request.GET, "") if request.GET.get("after") else "",
        "may_judge": request.actor.is_staff,
    }
    return render(request, "sessions/check_findings.html", context)


def _turned(given: QueryDict, mark: str) -> str:
    kept = {name: value for name, value in given.items() if name != "after" and value}
    return f"?{urlencode({**kept, 'after': mark} if mark else kept)}"
