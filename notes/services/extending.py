"""More time: the provider asks, a lead grants with a reason; the due moment moves only later and says why."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import SYSTEM, Actor, speaking_for
from clawguard.domain.codesets.policy_notes import MOST_MORE_DAYS
from clawguard.domain.lifecycles import RequestState
from clawguard.events.errors import Refused
from clawguard.events.services import WrongState, publish
from clawguard.events.words import optional, stated
from notes import clock, more_time, policies, selectors_clock
from notes.models import DueKind, NotesRequest
from notes.services.due_moments import change_of, due_fields, moved, set_fields
from notes.services.rows import keep_message, locked

AUTO_REASON = "First request for more time, granted at once by the policy in force on {day}"
AS_ASKED = "The provider asked for more time"


@transaction.atomic
def ask_extension(actor: Actor, request_id: UUID, reason: str, now: dt.datetime) -> NotesRequest:
    """The provider asks for more time, once, and may say why. The clock runs on until it is granted.

    Where the policy of this day says so (``first_more_time_days``), the first ask is granted at once.
    Raises NotAllowed, NotFound, WrongState, Refused.
    """
    policies.require_answering(actor)
    request = locked(actor, request_id)
    actor = speaking_for(actor, request.provider)
    _require_running(request, now)
    if request.extension_asked_at is not None:
        raise Refused("asked_before", _said_before(request))
    why = optional(reason, "/reason")
    given = {"extension_asked_at": now, "extension_reason": why, "updated_at": now}
    NotesRequest.objects.filter(pk=request.pk).update(**given)
    request.extension_asked_at, request.extension_reason = now, why
    publish("notes.extension_asked", request, actor, now)
    if days := more_time.at_once(request, now):
        _extend(SYSTEM, request, days, AUTO_REASON.format(day=more_time.day_of(request, now)), now)
    return request


@transaction.atomic
def grant_extension(actor: Actor, request_id: UUID, business_days: int, reason: str, now: dt.datetime) -> NotesRequest:
    """A lead moves the due moment by whole business days. Raises NotAllowed, NotFound, WrongState, Refused."""
    policies.require_lead(actor)
    request = locked(actor, request_id)
    _require_running(request, now)
    if not 1 <= business_days <= MOST_MORE_DAYS:
        raise Refused("business_days", f"Give 1 to {MOST_MORE_DAYS} business days.", "/business_days")
    why = optional(reason, "/reason") if request.more_time_waits else stated(reason, "/reason")
    _extend(actor, request, business_days, why or AS_ASKED, now)
    return request


@transaction.atomic
def decline_extension(actor: Actor, request_id: UUID, reason: str, now: dt.datetime) -> NotesRequest:
    """A lead gives no more time, and says why; the date stays. Raises NotAllowed, NotFound, Refused."""
    policies.require_lead(actor)
    request = locked(actor, request_id)
    if not request.more_time_waits:
        raise Refused("not_asked", "No request for more time waits for an answer here.")
    keep_message(actor, request, stated(reason, "/reason"), now)
    set_fields(request, {"extension_declined_at": now, "updated_at": now})
    publish("notes.extension_declined", request, actor, now)
    return request


def _said_before(request: NotesRequest) -> str:
    if request.more_time_waits:
        return "You have asked for more time already; the answer will be mailed to you."
    given = "more time was given" if request.got_more_time else "no more time was given"
    return f"You have asked before, and {given}. Ask a question if the date cannot be kept."


def _require_running(request: NotesRequest, now: dt.datetime) -> None:
    if request.status != RequestState.OPEN:
        raise WrongState(request, RequestState.OPEN)
    if request.paused_at is not None:
        raise Refused("paused", "The clock stands still; nothing is late meanwhile. Ask again once it runs.")
    if request.due_at is None or now >= request.due_at:
        raise Refused("past_due", "The answer time is over. A late answer is still taken and weighed.")


def _extend(actor: Actor, request: NotesRequest, business_days: int, reason: str, now: dt.datetime) -> None:
    behind = selectors_clock.pauses_behind([request])[request.pk]
    found = clock.recounted(request, behind, further=business_days)
    change = change_of(request, found, DueKind.EXTENSION, reason, actor, now)
    change.save(force_insert=True)
    set_fields(request, {**due_fields(found, now), "extension_granted_at": now})
    publish("notes.extended", request, actor, now, moved(change))
