"""Destroying typed text that is locked away, unread: as with a file, two leads, a reason, and nobody opens it.

Once two agreed, a task empties the seal of the note, so that neither its words nor its wrapped data key are left. The
note stays, with its length and digest. Files that stand beside the text are not touched.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import SYSTEM, Actor
from clawguard.events.errors import NotFound
from clawguard.events.models import Event
from clawguard.events.services import publish
from notes import policies
from notes.locked import locked_texts, text_locked_for
from notes.models import Note, NotesRequest, TextDestruction
from notes.services import two_leads
from notes.services.rows import keep_message, locked

SAID = (
    "The text that was locked away has been destroyed: two of us looked at why it was locked, without opening it. "
    "What was in it is gone here; its length and its fingerprint are kept."
)
SAID_RETURNED = f"{SAID} Please send instead: {{}}"


@transaction.atomic
def ask_text_destruction(
    actor: Actor, request_id: UUID, note_id: UUID, reason: str, instead: str, now: dt.datetime
) -> TextDestruction:
    """A lead says why the typed text of a note should be destroyed, and what the provider is to send ``instead``, if
    anything; another has to agree. Raises NotAllowed, NotFound, Refused."""
    request, note = _locked_text(actor, request_id, note_id)
    asked = two_leads.ask(TextDestruction, actor, text_locked_for(note), reason, instead, now, note=note)
    told = {"note": str(note.pk), **two_leads.told_of(asked)}
    publish("notes.text_destruction_asked", request, actor, now, told)
    return asked


@transaction.atomic
def agree_text_destruction(actor: Actor, request_id: UUID, note_id: UUID, now: dt.datetime) -> NotesRequest:
    """Another lead agrees: the text is destroyed soon after. Raises NotAllowed, NotFound."""
    request, note = _locked_text(actor, request_id, note_id)
    asked = two_leads.agree(TextDestruction, actor, now, note=note)
    told = {"note": str(note.pk), "locked_for": asked.was_locked_for}
    publish("notes.text_destruction_agreed", request, actor, now, told)
    return request


@transaction.atomic
def destroy_text(event: Event, now: dt.datetime) -> None:
    """Destroy, then say so. Run again, it changes nothing."""
    rows = Note.objects.select_for_update(of=("self",)).select_related("destruction", "request")
    note = rows.get(pk=event.payload["note"], destruction__agreed_at__isnull=False)
    if note.destroyed_at is not None or note.request is None:
        return
    Note.objects.filter(pk=note.pk).update(sealed=b"", destroyed_at=now)
    instead = note.destruction.instead
    publish("notes.text_destroyed", note.request, SYSTEM, now, {"note": str(note.pk), "returned": bool(instead)})
    keep_message(SYSTEM, note.request, SAID_RETURNED.format(instead) if instead else SAID, now)
    publish("notes.replied", note.request, SYSTEM, now)


def _locked_text(actor: Actor, request_id: UUID, note_id: UUID) -> tuple[NotesRequest, Note]:
    """For a lead: the request, and the note of it whose typed text is locked away and not to be destroyed, both under
    lock. Raises NotAllowed, NotFound."""
    policies.require_lead(actor)
    request = locked(actor, request_id)
    rows = locked_texts().select_for_update(of=("self",)).filter(request=request, pk=note_id)
    note = rows.exclude(destruction__agreed_at__isnull=False).first()
    if note is None:
        raise NotFound
    return request, note
