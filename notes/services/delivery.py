"""Delivery starts the clock: shown in the portal and accepted by the provider's mail server. A bounce does not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from smtplib import SMTPRecipientsRefused
from uuid import UUID

from django.conf import settings
from django.db import transaction

from clawguard.accounts.actors import Actor
from clawguard.domain.calendar import Deadline, DeadlineError
from clawguard.domain.lifecycles import RequestState
from clawguard.events import mailing
from clawguard.events.models import SentMail
from clawguard.events.services import WrongState, move, publish
from clawguard.ui import words
from notes import calendar_file, clock, policies
from notes.models import NotesRequest
from notes.services import telling
from notes.services.rows import locked, locked_to_work

NO_PERSON, REFUSED, BOUNCED, ZONE = "no_person", "mail_refused", "mail_bounced", "time_zone"


@transaction.atomic
def deliver(
    request_id: UUID, actor: Actor, now: dt.datetime, accepted_at: Callable[[], dt.datetime] | None = None
) -> NotesRequest | None:
    """Show the request to its provider and mail them. Fixes ``due_at`` and its explanation; ``None``: nothing to do.

    ``accepted_at`` tells the moment after the mail was accepted, which may fall on the next day; the later moment
    counts, because the clock may not start before delivery. Mail faults other than a refusal are raised: try again.
    """
    request = NotesRequest.objects.select_for_update(of=("self",)).select_related("provider").get(pk=request_id)
    if request.status not in (RequestState.REQUESTED, RequestState.UNDELIVERABLE):
        return None
    people = telling.people_of(request.provider)
    if not people:
        return _undeliverable(request, NO_PERSON, actor, now)
    try:
        promised = _promise(request, now)
    except DeadlineError:
        return _undeliverable(request, ZONE, actor, now)
    occasion = f"delivery-{SentMail.objects.filter(about_id=str(request.pk)).exclude(bounced_at=None).count()}"
    reached = [person for person in people if _reaches(person, request, promised, occasion, now)]
    if not reached:
        return _undeliverable(request, REFUSED, actor, now)
    return _start_clock(request, actor, max(now, accepted_at()) if accepted_at else now)


def _promise(request: NotesRequest, now: dt.datetime) -> Deadline:
    return clock.deadline_for(request.provider, now, request.business_days)


def _reaches(person: telling.User, request: NotesRequest, promised: Deadline, occasion: str, now: dt.datetime) -> bool:
    context = {
        "due_day": words.day(promised.due_date),
        "due": words.due(promised.lapses_at, promised.time_zone),
        "days": promised.as_dict()["days"],
        "business_days": promised.business_days,
    }
    page = settings.PUBLIC_URL + telling.page_of(request)
    file = calendar_file.due_file(request, promised.due_date, page, now)
    try:
        telling.tell("notes_request", person, request, occasion, now, context, file)
    except SMTPRecipientsRefused:
        return False
    return True


def _start_clock(request: NotesRequest, actor: Actor, delivered_at: dt.datetime) -> NotesRequest:
    found = _promise(request, delivered_at)
    move(
        request,
        RequestState.OPEN,
        actor,
        delivered_at,
        payload={"due_at": found.lapses_at.isoformat(), "session": str(request.session_id)},
        delivered_at=delivered_at,
        due_at=found.lapses_at,
        time_zone=found.time_zone,
        calendar_version=f"{found.calendar_name}, {found.calendar_version}"[:80],
        deadline=found.as_dict(),
        undeliverable_reason="",
        remind_at=clock.next_reminder(found, delivered_at),
        updated_at=delivered_at,
    )
    return request


def _undeliverable(request: NotesRequest, why: str, actor: Actor, now: dt.datetime) -> NotesRequest:
    if request.status == RequestState.UNDELIVERABLE:
        NotesRequest.objects.filter(pk=request.pk).update(undeliverable_reason=why, updated_at=now)
        request.undeliverable_reason = why
        return request
    move(request, RequestState.UNDELIVERABLE, actor, now, why, undeliverable_reason=why, updated_at=now)
    return request


@transaction.atomic
def deliver_again(actor: Actor, request_id: UUID, now: dt.datetime) -> NotesRequest:
    """Staff try again after mending the address. Raises NotAllowed, NotFound, WrongState."""
    request = locked_to_work(actor, request_id)
    policies.require_review(actor)
    if request.status != RequestState.UNDELIVERABLE:
        raise WrongState(request, RequestState.OPEN)
    deliver(request.pk, actor, now)
    request.refresh_from_db()
    return request


@transaction.atomic
def report_bounce(actor: Actor, request_id: UUID, now: dt.datetime) -> NotesRequest:
    """The mail came back: the clock never ran, unless the provider has seen the request in the portal meanwhile.

    Raises NotAllowed, NotFound, WrongState.
    """
    request = locked_to_work(actor, request_id)
    for mail in SentMail.objects.filter(about_id=str(request.pk), bounced_at=None):
        mailing.record_bounce(mail.message_id, now)
    if request.status != RequestState.OPEN:
        raise WrongState(request, RequestState.UNDELIVERABLE)
    if request.viewed_at is not None:
        publish("notes.bounced", request, actor, now, {"seen_in_portal": True})
        return request
    move(
        request,
        RequestState.UNDELIVERABLE,
        actor,
        now,
        BOUNCED,
        undeliverable_reason=BOUNCED,
        delivered_at=None,
        due_at=None,
        deadline=None,
        remind_at=None,
        updated_at=now,
    )
    return request


@transaction.atomic
def mark_viewed(actor: Actor, request_id: UUID, now: dt.datetime) -> None:
    """The provider has the request before them; only the first time is news."""
    request = locked(actor, request_id)
    if actor.is_provider and request.viewed_at is None:
        NotesRequest.objects.filter(pk=request.pk).update(viewed_at=now, updated_at=now)
        publish("notes.viewed", request, actor, now)
