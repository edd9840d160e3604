"""What the map in ``clawguard/events/flow.py`` hands to cases and disputes. Each may run any number of times."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from celery import shared_task

from clawguard.clock import now as read_clock
from clawguard.events.handling import NotYet, handler
from clawguard.events.models import Event
from disputes import services
from disputes.services import remittances
from notes.models import NotesRequest
from sessions.models import IntakeChunk
from sessions.selectors import session_of_finding


@handler
def open_for_findings(event: Event, now: dt.datetime) -> None:
    chunk = IntakeChunk.objects.get(pk=event.payload.get("chunk", event.subject_id))
    services.open_for_findings(chunk.session_ids, now)


@handler
def weigh_rescreened(event: Event, now: dt.datetime) -> None:
    chunk = IntakeChunk.objects.get(pk=event.subject_id)
    services.weigh_rescreened(chunk, event.payload["pack"], now)


@handler
def open_for_confirmed(event: Event, now: dt.datetime) -> None:
    services.open_for_confirmed(UUID(event.subject_id), now)


@handler
def weigh_finding(event: Event, now: dt.datetime) -> None:
    services.weigh_standing(session_of_finding(UUID(event.subject_id)), now)


@handler
def overturn_findings(event: Event, now: dt.datetime) -> None:
    services.overturn_findings(UUID(event.payload["decision"]), now)


@handler
def open_for_lapse(event: Event, now: dt.datetime) -> None:
    services.attribute(services.open_for_lapse(UUID(event.subject_id), now).pk, now)


@handler
def weigh_answer(event: Event, now: dt.datetime) -> None:
    request_id = event.payload.get("request", event.subject_id)  # an item of it names it
    session_id = NotesRequest.objects.values_list("session_id", flat=True).get(pk=request_id)
    services.weigh_standing(session_id, now)


@handler
def weigh_answer_when_over(event: Event, now: dt.datetime) -> None:
    """As ``weigh_dispute_when_over``, of a notes request."""
    _require_over(event.payload["until"], now)
    weigh_answer(event, now)


def _require_over(given_back: str, now: dt.datetime) -> None:
    until = dt.datetime.fromisoformat(given_back)
    if now < until:
        raise NotYet(until, "the time that an outage gave back is running")


@handler
def destroy_file(event: Event, now: dt.datetime) -> None:
    services.destroy_file(event, now)


@handler
def deliver_dispute(event: Event, now: dt.datetime) -> None:
    services.deliver(UUID(event.subject_id), now, read_clock)


@handler
def open_for_dispute(event: Event, now: dt.datetime) -> None:
    services.attribute(services.open_for_dispute(UUID(event.subject_id), now).pk, now)


@handler
def weigh_dispute(event: Event, now: dt.datetime) -> None:
    services.weigh_dispute(UUID(event.subject_id), now)


@handler
def weigh_dispute_when_over(event: Event, now: dt.datetime) -> None:
    """An outage gave time back. Once that is over too, silence in it is weighed as silence."""
    _require_over(event.payload["due_after"], now)
    services.weigh_dispute(UUID(event.subject_id), now)


@handler
def tell_dispute(event: Event, now: dt.datetime) -> None:
    services.tell_dispute(event, now)


@handler
def tell_dispute_withdrawn(event: Event, now: dt.datetime) -> None:
    services.tell_dispute_withdrawn(event, now)


@handler
def count_outage(event: Event, now: dt.datetime) -> None:
    services.count_outage(UUID(event.subject_id), now)


@handler
def tell_outage(event: Event, now: dt.datetime) -> None:
    services.tell_outage(event, now)


@handler
def tell_handed(event: Event, now: dt.datetime) -> None:
    services.tell_handed(event, now)


@handler
def mail_came_back(event: Event, now: dt.datetime) -> None:
    services.mail_came_back(event, now)


@handler
def attribute(event: Event, now: dt.datetime) -> None:
    services.attribute(UUID(event.subject_id), now)


@handler
def open_conversation(event: Event, now: dt.datetime) -> None:
    services.open_conversation_by_day(UUID(event.subject_id), now, read_clock)


@handler
def notify(event: Event, now: dt.datetime) -> None:
    services.notify(event, now)


@handler
def tell_decision(event: Event, now: dt.datetime) -> None:
    services.tell_decision(event, now, read_clock)


@handler
def tell_appeal(event: Event, now: dt.datetime) -> None:
    services.tell_appeal(event, now)


@handler
def tell_closed(event: Event, now: dt.datetime) -> None:
    services.tell_closed(event, now)


@handler
def make_pack(event: Event, now: dt.datetime) -> None:
    services.make_pack(UUID(event.payload["pack"]), now)


@handler
def read_remittances(event: Event, now: dt.datetime) -> None:
    """Read the next payments of an 835 file."""
    remittances.read_piece(UUID(event.subject_id), now)


@handler
def open_for_takebacks(event: Event, now: dt.datetime) -> None:
    remittances.open_for_takebacks(UUID(event.subject_id), now)


@handler
def open_for_claim(event: Event, now: dt.datetime) -> None:
    """A claim found its session; ``before`` names those it was taken from, with blanks between."""
    before = [UUID(each) for each in event.payload.get("before", "").split()]
    remittances.open_for_claim(UUID(event.subject_id), before, now)


@handler
def open_for_division(event: Event, now: dt.datetime) -> None:
    """Somebody said whose money a takeback took; ``before`` names those it was taken from, with blanks between."""
    before = [UUID(each) for each in event.payload.get("before", "").split()]
    remittances.open_for_division(UUID(event.payload["takeback"]), before, now)


@shared_task(name="disputes.tasks.sweep")
def sweep(**_later: object) -> None:
    """Beat's way to what the plain loop does too; either alone is enough."""
    services.sweep(read_clock())
