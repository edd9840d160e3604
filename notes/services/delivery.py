"""Delivery starts the clock: shown in the portal and accepted by the provider's mail server. A bounce does not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from clawguard.accounts.actors import Actor, speaking_for
from clawguard.domain.calendar import DeadlineError, HolidayCalendar
from clawguard.domain.lifecycles import RequestState
from clawguard.events.handling import NotYet
from clawguard.events.services import WrongState, move, publish
from notes import calendars, clock, policies
from notes.models import CalendarVersion, NotesRequest
from notes.services import handing, request_mail, telling
from notes.services.request_mail import Promise
from notes.services.rows import locked, locked_to_work

MOST_TOGETHER = 500  # in one mail and one transaction; what is beyond goes out with its own task
TOGETHER = "notes.delivered_together"  # of a provider: which mail told of which requests
NO_PERSON, REFUSED, ZONE = "no_person", "mail_refused", "time_zone"


@transaction.atomic
def deliver(
    request_id: UUID,
    actor: Actor,
    now: dt.datetime,
    accepted_at: clock.AcceptedAt | None = None,
    *,
    again: bool = False,
) -> NotesRequest | None:
    """Show the request to its provider and mail them. Fixes ``due_at`` and its explanation; ``None``: nothing to do.

    What else waits to be delivered to the same provider goes out in the same mail: forty requests are one mail.
    ``accepted_at`` tells the moment after the mail was accepted, which may fall on the next day; the later moment
    counts, because the clock may not start before delivery. Mail faults other than a refusal are raised: try again.
    What reached nobody, or came back, is delivered ``again`` by a person only: a task that comes twice leaves it.
    """
    rows = _to_deliver(request_id, again)
    request = next((row for row in rows if row.pk == request_id), None)
    if request is None:
        return None
    if request.not_before is not None and request.not_before > now:
        raise NotYet(request.not_before)
    rows = [row for row in rows if row.not_before is None or row.not_before <= now]
    handing.cover_new(request.provider, rows, now)
    readers = telling.readers_of(request.provider, rows, now)
    if not readers:
        return _undeliverable(request, rows, NO_PERSON, actor, now)
    try:
        days_off = calendars.of_provider(request.provider, now)
        promises = {row.pk: _promise(row, now, days_off) for row in rows}
    except DeadlineError:
        return _undeliverable(request, rows, ZONE, actor, now)
    mails = _mailed(readers, promises, now)
    _record(request, rows, mails, actor, now, clock.delivered_at(now, accepted_at))
    return request


def _record(
    request: NotesRequest,
    rows: Sequence[NotesRequest],
    mails: Mapping[str, Sequence[UUID]],
    actor: Actor,
    now: dt.datetime,
    delivered_at: dt.datetime,
) -> None:
    """Start the clocks of those that a mail told of; the others reached nobody."""
    told_of = {pk for told in mails.values() for pk in told}
    missed = [row for row in rows if row.pk not in told_of]
    if missed:
        _undeliverable(request, missed, REFUSED, actor, now)
    reached = [row for row in rows if row.pk in told_of]
    if len(reached) > 1:
        told = {mail: [str(pk) for pk in keys] for mail, keys in mails.items()}
        publish(TOGETHER, request.provider, actor, now, {"requests": [str(row.pk) for row in reached], "mails": told})
    version = calendars.version_for(request.provider, delivered_at)
    for row in reached:
        _start_clock(row, actor, delivered_at, version)


def _mailed(
    readers: Sequence[telling.Reader], promises: Mapping[UUID, Promise], now: dt.datetime
) -> dict[str, list[UUID]]:
    """The requests that reached somebody, by the Message-ID of each mail that was accepted."""
    mails = {}
    for user, rows in readers:
        mail_id = request_mail.send(user, [promises[row.pk] for row in rows], now)
        if mail_id:
            mails[mail_id] = [row.pk for row in rows]
    return mails


def _promise(row: NotesRequest, now: dt.datetime, days_off: HolidayCalendar) -> Promise:
    return Promise(row, clock.deadline_for(row.provider, now, row.business_days, days_off))


def _to_deliver(request_id: UUID, again: bool) -> list[NotesRequest]:
    """The request, if it is still to be delivered, with what else was asked of its provider and is on no mail yet.

    However much waits, the request itself is among them. All are locked in one order, so that two tasks cannot cross.
    """
    provider = NotesRequest.objects.filter(pk=request_id).values("provider_id")
    others = NotesRequest.objects.filter(status=RequestState.REQUESTED, provider_id__in=provider)
    keys = list(others.exclude(pk=request_id).order_by("pk").values_list("pk", flat=True)[: MOST_TOGETHER - 1])
    owed = Q(status=RequestState.REQUESTED)
    if again:
        owed |= Q(pk=request_id, status=RequestState.UNDELIVERABLE)
    rows = NotesRequest.objects.filter(owed, pk__in=[request_id, *keys]).select_related("provider")
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


def _start_clock(
    request: NotesRequest, actor: Actor, delivered_at: dt.datetime, version: CalendarVersion
) -> NotesRequest:
    days_off = calendars.as_calendar(version)
    found = clock.deadline_for(request.provider, delivered_at, request.business_days, days_off)
    move(
        request,
        RequestState.OPEN,
        actor,
        delivered_at,
        payload={"due_at": found.lapses_at.isoformat(), "session": str(request.session_id)},
        delivered_at=delivered_at,
        due_at=found.lapses_at,
        time_zone=found.time_zone,
        calendar=version,
        calendar_version=f"{found.calendar_name}, {found.calendar_version}"[:80],
        deadline=found.as_dict(),
        undeliverable_reason="",
        remind_at=clock.next_reminder(found, delivered_at),
        updated_at=delivered_at,
    )
    return request


def _undeliverable(
    request: NotesRequest, rows: Sequence[NotesRequest], why: str, actor: Actor, now: dt.datetime
) -> NotesRequest:
    """None of them reached anybody. ``request`` is the one that was to be delivered."""
    for row in rows:
        if row.status == RequestState.UNDELIVERABLE:
            NotesRequest.objects.filter(pk=row.pk).update(undeliverable_reason=why, updated_at=now)
            row.undeliverable_reason = why
        else:
            move(row, RequestState.UNDELIVERABLE, actor, now, why, undeliverable_reason=why, updated_at=now)
    return request


@transaction.atomic
def deliver_again(
    actor: Actor, request_id: UUID, now: dt.datetime, accepted_at: clock.AcceptedAt | None = None
) -> NotesRequest:
    """Staff try again after mending the address; ``accepted_at`` as in ``deliver``.

    Raises NotAllowed, NotFound, WrongState.
    """
    request = locked_to_work(actor, request_id)
    policies.require_review(actor)
    if request.status != RequestState.UNDELIVERABLE:
        raise WrongState(request, RequestState.OPEN)
    deliver(request.pk, actor, now, accepted_at, again=True)
    request.refresh_from_db()
    return request


@transaction.atomic
def mark_viewed(actor: Actor, request_id: UUID, now: dt.datetime) -> None:
    """The provider has the request before them; only the first time is news."""
    request = locked(actor, request_id)
    if actor.answers and request.viewed_at is None:
        NotesRequest.objects.filter(pk=request.pk).update(viewed_at=now, updated_at=now)
        publish("notes.viewed", request, speaking_for(actor, request.provider), now)
