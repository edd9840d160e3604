"""Mail that came back. Of the mail that asks it takes the clock back, unless somebody has seen the request meanwhile.

A request that was mailed to several people is undelivered once none of its mails stands. What comes to light after the
answer time changes nothing of the lapse, which stays in the history; but nobody was late (docs/policy/clock.md).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from clawguard.accounts.actors import Actor
from clawguard.accounts.models import Provider
from clawguard.domain.lifecycles import RequestState
from clawguard.events import mailing
from clawguard.events.mail_reports import MAIL_SERVICE
from clawguard.events.models import Event, SentMail
from clawguard.events.services import WrongState, move, publish
from notes.models import NotesRequest
from notes.models.request import BOUNCED
from notes.services.delivery import TOGETHER
from notes.services.pausing import end_pause
from notes.services.rows import locked_to_work

ASKS, ASK_TOGETHER = "notes_request", "notes_requests"
RAN = frozenset({RequestState.OPEN, RequestState.LAPSED})


@transaction.atomic
def report_bounce(actor: Actor, request_id: UUID, now: dt.datetime) -> NotesRequest:
    """Somebody says that the mail came back: whatever told of the request last is taken to have come back.

    Requests that went out in the same mail came back with it. A mail that is known to have come back does so again
    without effect. Raises NotAllowed, NotFound, WrongState.
    """
    request = locked_to_work(actor, request_id)
    if request.undeliverable_reason == BOUNCED:
        return request
    mails, others = _same_mails(request)
    own = SentMail.objects.filter(about_id=str(request.pk)).values_list("message_id", flat=True)
    news = [mailing.record_bounce(message_id, now) for message_id in [*own, *mails]]
    if request.viewed_at is not None and news and not any(news):
        return request
    if request.status not in RAN:
        raise WrongState(request, RequestState.UNDELIVERABLE)
    for row in [request, *_locked(others).filter(status__in=RAN)]:
        _came_back(row, actor, now)
    return request


@transaction.atomic
def mail_came_back(event: Event, now: dt.datetime) -> None:
    """The mail service reported it. Safe to run again."""
    mail = SentMail.objects.get(pk=event.subject_id)
    for row in _locked(_told_of(mail)):
        if mail.template in (ASKS, ASK_TOGETHER) and row.status in RAN and not _stands(row):
            _came_back(row, MAIL_SERVICE, now)
        elif not Event.objects.filter(name="notes.bounced", subject_id=str(row.pk), payload__mail=mail.pk).exists():
            publish("notes.bounced", row, MAIL_SERVICE, now, {"mail": mail.pk, "template": mail.template})


def _locked(ids: list[str]) -> QuerySet[NotesRequest]:
    """In one order everywhere, so that two who lock the same rows wait for each other."""
    rows = NotesRequest.objects.filter(pk__in=ids).select_related("provider").order_by("pk")
    return rows.select_for_update(of=("self",))


def _told_of(mail: SentMail) -> list[str]:
    """The requests a mail told of."""
    if mail.about == NotesRequest._meta.label_lower:
        return [mail.about_id]
    if mail.template != ASK_TOGETHER:
        return []
    rows = _together(mail.about_id).filter(payload__mails__has_key=mail.message_id).order_by("-id")
    return [key for event in rows[:1] for key in event.payload["mails"][mail.message_id]]


def _together(provider_id: object) -> QuerySet[Event]:
    label = Provider._meta.label_lower
    return Event.objects.filter(name=TOGETHER, subject_type=label, subject_id=str(provider_id))


def _asked_together(request: NotesRequest) -> Iterator[Event]:
    """Deliveries in which the request was among others, the newest first."""
    rows = _together(request.provider_id).filter(payload__requests__contains=[str(request.pk)])
    yield from rows.order_by("-id")


def _stands(request: NotesRequest) -> bool:
    """Whether a mail that asked for it has not come back."""
    told = [
        mail_id
        for event in _asked_together(request)
        for mail_id, keys in event.payload["mails"].items()
        if str(request.pk) in keys
    ]
    standing = SentMail.objects.filter(bounced_at=None)
    own = standing.filter(about_id=str(request.pk), template=ASKS)
    return own.exists() or standing.filter(message_id__in=told).exists()


def _same_mails(request: NotesRequest) -> tuple[list[str], list[str]]:
    """Message-IDs of the mails that told of this request among others, and those others; of its last delivery."""
    last = next(_asked_together(request), None)
    if last is None or SentMail.objects.filter(about_id=str(request.pk), template=ASKS).exists():
        return [], []  # it was delivered by itself, or again by itself after that
    return list(last.payload["mails"]), [key for key in last.payload["requests"] if key != str(request.pk)]


def _came_back(request: NotesRequest, actor: Actor, now: dt.datetime) -> None:
    if request.viewed_at is not None:
        publish("notes.bounced", request, actor, now, {"seen_in_portal": True})
    elif request.status == RequestState.LAPSED:
        NotesRequest.objects.filter(pk=request.pk).update(undeliverable_reason=BOUNCED, updated_at=now)
        request.undeliverable_reason = BOUNCED
        publish("notes.bounced", request, actor, now, {"after": str(request.status)})
    else:
        _take_clock_back(request, actor, now)


def _take_clock_back(request: NotesRequest, actor: Actor, now: dt.datetime) -> None:
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
        **end_pause(request, actor, now),
    )
