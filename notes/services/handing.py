"""Handing what waits to a delegate: one request by hand, or all of it while the provider is away.

Each hand-over is a row and an event of its own, so that a request says who could answer it, since when and why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import models, transaction

from clawguard.accounts import delegates
from clawguard.accounts.actors import SYSTEM, Actor
from clawguard.accounts.models import Absence, Delegation, Handover, Provider, User
from clawguard.domain.lifecycles import RequestState
from clawguard.events import mailing
from clawguard.events.errors import NotFound
from clawguard.events.models import Event
from clawguard.events.services import WrongState, publish, publish_many
from clawguard.ui import words
from notes import hooks, policies
from notes.models import NotesRequest
from notes.services import telling
from notes.services.rows import locked


@transaction.atomic
def hand_over(actor: Actor, request_id: UUID, delegation_id: UUID, now: dt.datetime) -> NotesRequest:
    """The provider lets one of their delegates see and answer this request, too. Raises NotAllowed, NotFound,
    WrongState. Done twice, the second time changes nothing."""
    own = policies.own_provider(actor)
    request = locked(actor, request_id)
    delegation = delegates.standing(own).filter(pk=delegation_id).first()
    if delegation is None:
        raise NotFound
    if request.status not in policies.ANSWERABLE:
        raise WrongState(request, RequestState.ANSWERED)
    if hand([request], delegation, now):
        publish("notes.handed_over", request, actor, now, {"delegation": str(delegation.pk)})
    return request


@transaction.atomic
def take_back(actor: Actor, request_id: UUID, now: dt.datetime) -> NotesRequest:
    """Whoever it was handed to sees it no more. Raises NotAllowed, NotFound."""
    own = policies.own_provider(actor)
    request = locked(actor, request_id)
    standing = Handover.objects.filter(about=request.pk, taken_back_at=None, delegation__provider=own)
    if standing.update(taken_back_at=now):
        publish("notes.taken_back", request, actor, now)
    return request


def begin_absence(absence: Absence, now: dt.datetime) -> None:
    """Hand over what waits when an absence begins, and tell the delegate once of all of it."""
    Absence.objects.filter(pk=absence.pk).update(begun_at=now)
    waiting = [row for find in hooks.WAITING_ROWS for row in find(absence.provider_id)]
    covered = cover(absence, waiting, now)
    requests = [str(row.pk) for row in covered if isinstance(row, NotesRequest)]
    publish("absence.begun", absence, SYSTEM, now, {"requests": requests, "waiting": len(covered)})


def cover(absence: Absence | None, rows: Sequence[models.Model], now: dt.datetime) -> list[models.Model]:
    """Hand rows over because of an absence, as far as somebody stands in. Returns those that were not theirs before."""
    if absence is None or absence.delegation is None or not _stands(absence.delegation):
        return []
    new = hand(rows, absence.delegation, now, absence)
    told: dict[str, Any] = {"absence": str(absence.pk), "delegation": str(absence.delegation_id)}
    if new:
        publish_many("notes.covered", [(row, told) for row in new], SYSTEM, now)
    return new


def cover_new(provider: Provider, rows: Sequence[models.Model], now: dt.datetime) -> None:
    """What reaches a provider while they are away reaches whoever stands in for them."""
    cover(delegates.absence_at(provider, now), rows, now)


def _stands(delegation: Delegation) -> bool:
    return delegates.standing(delegation.provider_id).filter(pk=delegation.pk).exists()


def hand(
    rows: Iterable[models.Model], delegation: Delegation, now: dt.datetime, absence: Absence | None = None
) -> list[models.Model]:
    """Hand rows to a delegate. Returns those that were not theirs before; whoever calls tells of each."""
    wanted = list(rows)
    standing = Handover.objects.filter(delegation=delegation, taken_back_at=None, about__in=[row.pk for row in wanted])
    known = set(standing.values_list("about", flat=True))
    new = [row for row in wanted if row.pk not in known]
    Handover.objects.bulk_create(Handover(delegation=delegation, about=row.pk, absence=absence, at=now) for row in new)
    return new


def tell_handed(event: Event, now: dt.datetime) -> None:
    """Mail the delegate that one request, or all that waits, is theirs to answer now."""
    if event.name == "absence.begun":
        absence = Absence.objects.select_related("provider", "delegation__delegate").get(pk=event.subject_id)
        rows = list(NotesRequest.objects.filter(pk__in=event.payload["requests"]).order_by("due_at", "pk"))
        delegation, provider = absence.delegation, absence.provider
    else:
        rows = list(NotesRequest.objects.filter(pk=event.subject_id))
        delegation = Delegation.objects.select_related("provider", "delegate").get(pk=event.payload["delegation"])
        provider = delegation.provider
    if delegation is not None and delegation.delegate is not None and rows and _stands(delegation):
        _mail(delegation.delegate, provider, rows, event, now)


def _mail(user: User, provider: Provider, rows: Sequence[NotesRequest], event: Event, now: dt.datetime) -> None:
    mail_id = mailing.message_id("notes_handed_over", provider, event.pk, user.email)
    if mailing.already_sent(mail_id):
        return
    context: dict[str, Any] = {
        "name": user.name,
        "count": len(rows),
        "dates": [words.due(row.due_at, row.time_zone) for row in rows if row.due_at],
        **telling.for_whom(user, provider),
        **telling.ways_in(user, telling.page_of_all(rows), now, [row.pk for row in rows]),
    }
    mailing.send("notes_handed_over", user.email, context, mail_id, now, provider)
