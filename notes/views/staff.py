"""Staff pages: the list of requests, one request with its answer, and what may be done about it."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clawguard.access import NotFound, Refused, page
from clawguard.access.pages import PageRequest
from clawguard.accounts import delegates
from clawguard.accounts.actors import Actor, NotAllowed
from clawguard.accounts.models import Absence
from clawguard.clock import now as read_clock
from clawguard.domain.lifecycles import ItemState, RequestState
from clawguard.ui.toasts import toast
from notes import clock, clock_guard, items, locked, policies, readings, selectors, selectors_story, services
from notes.models import NotesRequest
from notes.models.request import ANSWERED, ENDED, MORE_TIME_WAITS
from notes.selectors_talk import messages_of
from notes.views import pausing
from notes.views.doors import number, strip
from notes.wording import STATUS_WORDS, state, undeliverable
from sessions.selectors import get_session

ROWS = 50
READ = {"due_at": dt.datetime.fromisoformat, "review_day": dt.date.fromisoformat}
JUDGED = (ItemState.ACCEPTED, ItemState.RETURNED)
VIEWS: dict[str, tuple[str, Q]] = {
    "due": ("Waiting for providers", Q(status=RequestState.OPEN)),
    "answered": ("Answers in", Q(status__in=ANSWERED)),
    "lapsed": ("Answer time over", Q(status=RequestState.LAPSED)),
    "undelivered": ("Not delivered", Q(status__in=[RequestState.UNDELIVERABLE, RequestState.REQUESTED])),
    "extension": ("More time asked", MORE_TIME_WAITS),
    "questions": ("Questions", Q(last_word__in=policies.ANSWERING_ROLES)),
    "done": ("Settled", Q(status__in=ENDED)),
}


@require_safe
@page
def request_list(request: PageRequest) -> HttpResponse:
    if not request.actor.is_reader:
        raise NotAllowed
    chosen = request.GET.get("view", "due")
    if chosen not in VIEWS:
        raise NotFound
    label, condition = VIEWS[chosen]
    rows = selectors.request_list(request.actor).filter(condition)
    by, by_words = ("review_day", "day we promised") if chosen == "answered" else ("due_at", "due moment")
    found, following = _page_of(rows, request.GET.get("after", ""), by)
    shown = {
        "label": label,
        "by": by_words,
        "views": [{"items": [_view(key, chosen) for key in VIEWS]}],
        "rows": [_row(request.actor, row, request.now) for row in found],
        "now": request.now,
        "next_url": f"?{urlencode({'view': chosen, 'after': following})}" if following else "",
        "first_url": f"?view={chosen}" if request.GET.get("after") else "",
        "paused_since": clock_guard.paused_since(),
        "may_ask": request.actor.is_staff,
    }
    return render(request, "notes/request_list.html", shown)


def _view(key: str, chosen: str) -> dict[str, Any]:
    return {"label": VIEWS[key][0], "url": f"?view={key}", "current": key == chosen}


def _page_of(rows: QuerySet[NotesRequest], after: str, by: str) -> tuple[list[NotesRequest], str]:
    """By what is owed first, then by id: by due moment, and answers by the day by which the provider is to hear from
    us. Rows without one follow by id."""
    ordered = rows.order_by(by, "pk")
    moment, _, pk = after.partition("~")
    if pk:
        ordered = ordered.filter(_beyond(by, moment, pk))
    found = list(ordered[: ROWS + 1])
    if len(found) <= ROWS:
        return found, ""
    last = found[ROWS - 1]
    at = getattr(last, by)
    return found[:ROWS], f"{at.isoformat() if at else ''}~{last.pk}"


def _beyond(by: str, moment: str, pk: str) -> Q:
    try:
        row_id = UUID(pk)
        at = READ[by](moment) if moment else None
    except ValueError:
        raise NotFound from None
    if at is None:
        return Q(pk__gt=row_id, **{by: None})
    return Q(**{f"{by}__gt": at}) | Q(pk__gt=row_id, **{by: at}) | Q(**{by: None})


def _row(actor: Actor, row: NotesRequest, now: dt.datetime) -> dict[str, Any]:
    left = clock.days_left(row, now)
    waits = row.status == RequestState.OPEN and row.due_at is not None and row.paused_at is None
    return {
        "row": row,
        "state": state(actor, row, now),
        "words": STATUS_WORDS[RequestState(row.status)],
        "left": left,
        "waits": waits,
        "overdue": row.review_is_over(now),
    }


@require_safe
@page
def request_page(request: PageRequest, request_id: UUID) -> HttpResponse:
    return _draw(request, request_id)


def _draw(
    request: PageRequest, request_id: UUID, reading: selectors.NoteText | None = None, status: int = 200
) -> HttpResponse:
    actor, now = request.actor, request.now
    if not actor.is_reader:
        raise NotAllowed
    row = selectors.get_request(actor, request_id)
    zone = row.time_zone or row.provider.time_zone
    asked = list(row.items.all())
    shown = {
        "row": row,
        "items": asked,
        "state": state(actor, row, now),
        "words": STATUS_WORDS[RequestState(row.status)],
        "undeliverable": undeliverable(row),
        "actions": policies.allowed_actions(actor, row, now, any(item.status in JUDGED for item in asked)),
        "days": strip(row),
        "today": now.astimezone(ZoneInfo(zone)).date(),
        "zone": zone,
        "now": now,
        "left": clock.days_left(row, now),
        "due_changes": list(row.due_changes.all()),
        **pausing.shown(row, now),
        "notes": readings.with_states(selectors.notes_of(actor, row)),
        "locked_away": locked.locked_away(actor, row),
        "review_open": actor.is_staff and selectors.review_is_open(actor, row.session_id),
        "reading": reading,
        "readings": list(selectors.readings_of(actor, row)[:20]),
        "messages_about": messages_of(actor, row),
        "rules": selectors_story.rules_behind(row),
        "story": selectors_story.timeline(actor, row, asked),
        "follow_up": row.followed_by.first(),
        "most_days": 10,
        "handed": list(delegates.handed(row.pk)),
        "absences": list(_absences(row, now.astimezone(ZoneInfo(zone)).date())),
    }
    return render(request, "notes/request_staff.html", shown, status=status)


def _absences(row: NotesRequest, today: dt.date) -> QuerySet[Absence]:
    """Of the provider, as far as they touch what is left of the answer time."""
    until = row.due_at.date() if row.due_at else today
    return delegates.absences(row.provider_id, today).filter(first_day__lte=max(until, today))


@require_POST
@page
def read_note(request: PageRequest, request_id: UUID, note_id: UUID) -> HttpResponse:
    """Show the text of a note on the request's page, once the reading and its reason are on record."""
    reason = request.POST.get("reason", "")
    found = selectors.read_note(request.actor, note_id, door="page", reason=reason, now=request.now)
    return _draw(request, request_id, found)


@require_POST
@page
def read_file(request: PageRequest, file_id: UUID) -> HttpResponse:
    """A file of a note, as a download: never opened inside our own pages."""
    reason = request.POST.get("reason", "")
    row, content = selectors.read_file(request.actor, file_id, door="page", reason=reason, now=request.now)
    answer = HttpResponse(content, content_type=row.content_type)
    name = urlencode({"": row.display_name}).removeprefix("=").replace("+", "%20")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@page
def accept_item(request: PageRequest, request_id: UUID, item: int) -> HttpResponse:
    services.accept_item(request.actor, request_id, item, request.now)
    toast(request, "Item accepted.")
    return redirect("request-page", request_id=request_id)


@require_POST
@page
def return_item(request: PageRequest, request_id: UUID, item: int) -> HttpResponse:
    services.return_item(request.actor, request_id, item, request.POST.get("reason", ""), request.now)
    toast(request, "Item returned with your reason.")
    return redirect("request-page", request_id=request_id)


@require_POST
@page
def withdraw(request: PageRequest, request_id: UUID) -> HttpResponse:
    services.withdraw(request.actor, request_id, request.POST.get("reason", ""), request.now)
    toast(request, "Request withdrawn; the provider is told that nothing is needed.")
    return redirect("request-page", request_id=request_id)


@require_POST
@page
def extend(request: PageRequest, request_id: UUID) -> HttpResponse:
    if "decline" in request.POST:
        services.decline_extension(request.actor, request_id, request.POST.get("reason", ""), request.now)
        toast(request, "No more time given; the provider is told, with your reason.")
        return redirect("request-page", request_id=request_id)
    days = number(request.POST.get("business_days", ""))
    services.grant_extension(request.actor, request_id, days, request.POST.get("reason", ""), request.now)
    toast(request, "More time granted; the provider is told the new date.")
    return redirect("request-page", request_id=request_id)


@require_POST
@page
def deliver_again(request: PageRequest, request_id: UUID) -> HttpResponse:
    row = services.deliver_again(request.actor, request_id, request.now, read_clock)
    delivered = row.status == RequestState.OPEN
    toast(request, "Delivered; the clock runs." if delivered else "It could not be delivered.")
    return redirect("request-page", request_id=request_id)


@require_POST
@page
def report_bounce(request: PageRequest, request_id: UUID) -> HttpResponse:
    services.report_bounce(request.actor, request_id, request.now)
    toast(request, "Recorded that the mail came back.")
    return redirect("request-page", request_id=request_id)


@require_POST
@page
def reply(request: PageRequest, request_id: UUID) -> HttpResponse:
    services.reply(request.actor, request_id, request.POST.get("text", ""), request.now)
    toast(request, "Reply sent.")
    return redirect("request-page", request_id=request_id)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def new_request(request: PageRequest, session_id: UUID) -> HttpResponse:
    policies.require_review(request.actor)
    session = get_session(request.actor, session_id)
    chosen, why = request.POST.getlist("item"), request.POST.get("why", "")
    problem = None
    if request.method == "POST":
        try:
            asked = [services.Asked(kind) for kind in chosen]
            row = services.open_request(request.actor, session_id, asked, why, request.now)
        except Refused as refused:
            problem = refused
        else:
            toast(request, "Request sent. The clock starts when it is delivered.")
            return redirect("request-page", request_id=row.pk)
    preview = clock.deadline_for(session.provider, request.now)
    shown = {
        "session": session,
        "kinds": items.KINDS.values(),
        "chosen": chosen,
        "why": why,
        "problem": problem,
        "preview": preview,
        "business_days": settings.BUSINESS_DAYS_TO_ANSWER,
    }
    return render(request, "notes/request_new.html", shown, status=422 if problem else 200)


@require_safe
@page
def mail(request: PageRequest) -> HttpResponse:
    """What was mailed. The words are kept in a demonstration only; addresses and moments always."""
    after = number(request.GET.get("before", ""))
    rows = selectors.sent_mails(request.actor)
    found = list((rows.filter(pk__lt=after) if after else rows)[: ROWS + 1])
    next_url = f"?before={found[ROWS - 1].pk}" if len(found) > ROWS else ""
    return render(
        request, "notes/mail.html", {"rows": found[:ROWS], "next_url": next_url, "first_url": "?" if after else ""}
    )


@require_POST
@page
def confirm_clock(request: PageRequest) -> HttpResponse:
    ended = clock_guard.confirm(request.actor, request.now)
    toast(request, "Lapsing goes on." if ended else "The clock was trusted already.")
    return redirect("request-list")
