"""Staff look at what came in, item by item. Only what is returned goes back, as a request with a clock of its own."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import Actor
from clawguard.domain.lifecycles import ItemState, RequestState
from clawguard.events.errors import NotFound
from clawguard.events.services import WrongState, move
from clawguard.events.words import stated
from notes import clock, policies
from notes.models import NotesRequest, RequestItem
from notes.services.opening import Asked, open_request
from notes.services.rows import locked


@transaction.atomic
def accept_item(actor: Actor, request_id: UUID, number: int, now: dt.datetime) -> NotesRequest:
    """What was sent is enough for this item. Raises NotAllowed, NotFound, WrongState."""
    request, item = _item(actor, request_id, number)
    move(item, ItemState.ACCEPTED, actor, now, payload={"request": str(request.pk), "number": number})
    return _finish(actor, request, now)


@transaction.atomic
def return_item(actor: Actor, request_id: UUID, number: int, reason: str, now: dt.datetime) -> NotesRequest:
    """What was sent is not enough; ``reason`` tells the provider what is. Raises as ``accept_item``, and Refused."""
    request, item = _item(actor, request_id, number)
    why = stated(reason, "/reason")
    told = {"request": str(request.pk), "number": number}
    RequestItem.objects.filter(pk=item.pk).update(reason=why)
    move(item, ItemState.RETURNED, actor, now, payload=told)
    return _finish(actor, request, now)


def _item(actor: Actor, request_id: UUID, number: int) -> tuple[NotesRequest, RequestItem]:
    policies.require_review(actor)
    request = locked(actor, request_id)
    item = RequestItem.objects.select_for_update().filter(request=request, number=number).first()
    if item is None:
        raise NotFound
    if not policies.may_review(actor, request, item):
        raise WrongState(item, ItemState.ACCEPTED)
    return request, item


def _finish(actor: Actor, request: NotesRequest, now: dt.datetime) -> NotesRequest:
    """After the last item: the request has ended; what was returned is asked for in another one."""
    items = list(request.items.all())
    NotesRequest.objects.filter(pk=request.pk).update(updated_at=now)
    if any(item.status in (ItemState.ASKED, ItemState.RECEIVED) for item in items):
        return request
    returned = [item for item in items if item.status == ItemState.RETURNED]
    if not returned:
        at = clock.working_moment(now, request.provider.time_zone)  # the provider hears of it then
        move(request, RequestState.ACCEPTED, actor, now, remind_at=at, updated_at=now)
        return request
    move(request, RequestState.RETURNED, actor, now, updated_at=now)
    asked = [Asked(item.kind, item.reason, item.label) for item in returned]
    why = "Thank you for your answer. A part of it needs one more thing; what was accepted stays accepted."
    open_request(actor, request.session_id, asked, why, now, finding_ids=request.finding_ids, follows=request)
    return request
