"""Who hears that something was locked away unread: leads, who alone may decide about it; and the provider, where it
came to light only after a page had said that the file arrived. What was sent with an answer is asked for again instead.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.urls import reverse

from clawguard.accounts.models import Role, User
from clawguard.events import mailing
from clawguard.events.models import Event
from notes.models import StoredFile
from notes.services import telling


def tell_quarantined(event: Event, now: dt.datetime) -> None:
    """Safe to run again. Files of conversations and disputes belong to no session here, and are told of there."""
    row = StoredFile.objects.select_related("request").get(pk=event.subject_id)
    if row.session_id is None:
        return
    for lead in User.objects.filter(role=Role.LEAD, is_active=True).exclude(email="").order_by("created_at", "pk"):
        _tell_lead(lead, row, event, now)
    was_told = event.actor_kind == "user"  # by the page that refused it
    if row.request is not None and not was_told and row.removed_at is None and not hasattr(row, "note_file"):
        for user, _rows in telling.readers_of(row.request.provider, [row.request], now):
            telling.tell("notes_file_locked", user, row.request, str(event.pk), now)


def _tell_lead(lead: User, row: StoredFile, event: Event, now: dt.datetime) -> None:
    name, key = ("request-page", row.request_id) if row.request_id else ("session-page", row.session_id)
    page = settings.PUBLIC_URL + reverse(name, args=[key])
    mail_id = mailing.message_id("notes_locked_away", row, event.pk, lead.email)
    mailing.send("notes_locked_away", lead.email, {"name": lead.name, "link": page, "page": page}, mail_id, now, row)
