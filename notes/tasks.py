"""What happens after commit and by the clock: asking, delivering, telling, screening again, lapsing, reminding."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from celery import shared_task

from clawguard.accounts.actors import SYSTEM
from clawguard.clock import now as read_clock
from clawguard.events.handling import handler
from clawguard.events.models import Event
from notes import services
from notes.services import telling, telling_clocks, telling_locked
from sessions.models import IntakeChunk


@shared_task(name="notes.tasks.sweep")
def sweep(**_later: object) -> None:
    services.sweep(read_clock())


@shared_task(name="notes.tasks.remind")
def remind(**_later: object) -> None:
    services.remind_due(read_clock())


@handler
def request_if_needed(event: Event, now: dt.datetime) -> None:
    chunk = IntakeChunk.objects.get(pk=event.subject_id)
    services.open_for_findings(chunk.session_ids, now, event.at)


@handler
def deliver(event: Event, now: dt.datetime) -> None:
    services.deliver(UUID(event.subject_id), SYSTEM, now, read_clock)


@handler
def mail_came_back(event: Event, now: dt.datetime) -> None:
    services.mail_came_back(event, now)


@handler
def read(event: Event, now: dt.datetime) -> None:
    """One step of reading what came in: a slice of a file or the note as a whole, then on with the next."""
    services.read_on(event.payload["note"], now)


@handler
def destroy_file(event: Event, now: dt.datetime) -> None:
    services.destroy_file(event, now)


@handler
def destroy_text(event: Event, now: dt.datetime) -> None:
    services.destroy_text(event, now)


@handler
def read_file(event: Event, now: dt.datetime) -> None:
    """One slice of a file of a conversation or a dispute, then on with the next."""
    services.read_file_on(UUID(event.subject_id), now)


@handler
def read_chosen(event: Event, now: dt.datetime) -> None:
    """The first slice of a file that was chosen for an answer, before the answer is sent."""
    services.read_chosen(UUID(event.subject_id), now)


@handler
def read_again(event: Event, now: dt.datetime) -> None:
    """A correction may cure what a note was found wanting in, or show what it does not say."""
    services.read_again(UUID(event.subject_id), now)


@handler
def read_beside_papers(event: Event, now: dt.datetime) -> None:
    """A consent, an interpreter or a programme was stated or withdrawn: the client's notes are read beside it."""
    services.read_beside_papers(UUID(event.subject_id), now)


@handler
def audit(event: Event, now: dt.datetime) -> None:
    """Screen the session again, now that its note is on file. An explanation alone brings no new fact."""
    services.screen_again(event.payload["note"], now)


@handler
def tell_lapsed(event: Event, now: dt.datetime) -> None:
    services.tell_of_lapse(UUID(event.subject_id), now)


@handler
def tell_extended(event: Event, now: dt.datetime) -> None:
    telling.tell_all("notes_extended", event, now)


@handler
def tell_paused(event: Event, now: dt.datetime) -> None:
    telling_clocks.tell_paused(event, now)


@handler
def tell_resumed(event: Event, now: dt.datetime) -> None:
    telling_clocks.tell_resumed(event, now)


@handler
def tell_outage(event: Event, now: dt.datetime) -> None:
    telling_clocks.tell_outage(event, now)


@handler
def tell_quarantined(event: Event, now: dt.datetime) -> None:
    telling_locked.tell_quarantined(event, now)


@handler
def tell_withdrawn(event: Event, now: dt.datetime) -> None:
    """Only who was asked is told that it is no longer needed."""
    if event.payload["was_delivered"]:
        telling.tell_all("notes_withdrawn", event, now)


@handler
def tell_replied(event: Event, now: dt.datetime) -> None:
    telling.tell_all("notes_replied", event, now)


@handler
def invite(event: Event, now: dt.datetime) -> None:
    services.send_invitation(event, now)


@handler
def tell_handed(event: Event, now: dt.datetime) -> None:
    services.tell_handed(event, now)


@handler
def send_reminder(event: Event, now: dt.datetime) -> None:
    services.send_reminder(event, now)
