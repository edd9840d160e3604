"""Lists beside the cases: proposed adjustments with their CSV, and background work that was given up."""

from __future__ import annotations

import csv
import io
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from clawguard.access.pages import PageRequest, page
from clawguard.accounts.models import Role
from clawguard.events.errors import Refused
from disputes import policies, selectors, services
from disputes.models import ProposedAdjustment
from disputes.selectors.deliveries import parked, paused_webhooks, waiting_for_mail
from notes import page_watch

PAGE = 50
COLUMNS = (
    "id", "created_at", "provider_npi", "provider_name", "case", "kind", "amount", "currency", "people", "replaces",
    "decision", "done", "done_on", "done_amount", "reference", "why_not", "replaced_by",
)  # fmt: skip
ONE_OF_TWO = "Give its number if it was posted, or why it was not: one of the two."
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@require_GET
@page
def adjustments(request: PageRequest) -> HttpResponse:
    return _adjustments(request)


def _adjustments(request: PageRequest, about: UUID | None = None, refused: Refused | None = None) -> HttpResponse:
    """The list; after a refusal with the form of the row it is ``about`` still open, and what was typed in it."""
    rows = selectors.adjustments_page(request.actor, request.GET.get("after", ""), PAGE)
    context = {
        "rows": rows.rows,
        "next_url": f"?after={rows.next_mark}" if rows.next_mark else "",
        "first_url": reverse("adjustments") if request.GET.get("after") else "",
        "may_confirm": request.actor.is_staff,
        "refused": refused,
        "about": about,
        "typed": request.POST,
    }
    layout = "disputes/my_adjustments.html" if request.actor.is_provider else "disputes/adjustments.html"
    return render(request, layout, context, status=200 if refused is None else 422)


@require_POST
@page
def adjustments_csv(request: PageRequest) -> HttpResponse:
    """The newest adjustments within reach, as many as the reader may export, cells safe to open in a spreadsheet.

    A POST, because who took how many is written to the log.
    """
    rows = services.export_adjustments(request.actor, request.now)
    text = io.StringIO()
    sheet = csv.writer(text)
    sheet.writerow(COLUMNS)
    for row in rows:
        sheet.writerow(_cells(row))
    answer = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="proposed-adjustments.csv"'
    return answer


def _cells(row: ProposedAdjustment) -> list[str]:
    people = "; ".join(f"{person['name']} ({person['part']})" for person in row.names)
    words = [row.provider.npi, row.provider.name, str(row.case_id), row.kind]
    proposed = [str(row.pk), row.created_at.isoformat(), *map(_safe, words), f"{row.amount:.2f}", "USD", _safe(people)]
    later = getattr(row, "replaced_by", None)  # what no longer stands is not to be posted
    return [*proposed, str(row.replaces_id or ""), str(row.decision_id), *_told(row), str(later.pk) if later else ""]


def _told(row: ProposedAdjustment) -> list[str]:
    """What the accounting system did, as last reported; empty while nothing was."""
    last = next(iter(row.confirmations.all()), None)
    if last is None:
        return [""] * 5
    amount = "" if last.amount is None else f"{last.amount:.2f}"
    return [last.done, last.on.isoformat(), amount, _safe(last.reference), _safe(last.reason)]


def _safe(cell: str) -> str:
    """A text that a spreadsheet would take for a formula is marked as text; amounts stay numbers."""
    return f"'{cell}" if cell.startswith(RISKY) else cell


@require_POST
@page
def confirm_adjustment(request: PageRequest, adjustment_id: UUID) -> HttpResponse:
    """What a person read in the accounting system: its number when it was posted, else why not."""
    reference, reason = request.POST.get("reference", ""), request.POST.get("reason", "")
    told = services.Confirmation("posted" if reference.strip() else "declined", reference=reference, reason=reason)
    try:
        if bool(reference.strip()) == bool(reason.strip()):
            raise Refused("one_of_two", ONE_OF_TWO, "/reference")
        services.confirm_adjustment(request.actor, adjustment_id, told, request.now)
    except Refused as refused:
        return _adjustments(request, adjustment_id, refused)
    messages.success(request, "Recorded. No payment was changed by this.")
    return HttpResponseRedirect(reverse("adjustments"))


@require_GET
@page
def deliveries(request: PageRequest) -> HttpResponse:
    policies.require_operator(request.actor)
    context = {
        "rows": parked(request.actor),
        "webhooks": paused_webhooks(request.actor),
        "mail_waits": waiting_for_mail(request.actor),
        "watch": page_watch.warning(request.now),
        "may_open": request.actor.role == Role.ADMIN,
        "may_read": request.actor.role == Role.LEAD,
        "now": request.now,
    }
    return render(request, "disputes/deliveries.html", context)


@require_POST
@page
def retry(request: PageRequest, delivery_id: int) -> HttpResponse:
    services.retry_delivery(request.actor, delivery_id, request.now)
    messages.success(request, "Back in line. It is tried again now.")
    return HttpResponseRedirect(reverse("deliveries"))
