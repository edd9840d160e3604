"""What a provider is mailed when a clock stands still, runs again, or was given back a day of our own outage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from clawguard.accounts.models import Provider, User
from clawguard.domain.lifecycles import RequestState
from clawguard.events import mailing
from clawguard.events.models import Event
from clawguard.ui import words
from notes.models import NotesRequest, Outage, PauseReason
from notes.services import telling

WAITS = (RequestState.OPEN, RequestState.LAPSED)


def tell_paused(event: Event, now: dt.datetime) -> None:
    """With the new due day where the pause has an end. The reason is one of our own words; the lead's stay inside."""
    row = NotesRequest.objects.select_related("provider").get(pk=event.subject_id)
    reason, until = PauseReason(event.payload["reason"]).label, event.payload["until"]
    more: dict[str, Any] = {"reason": reason, "until": ""}
    if until:
        more["until"] = f"on {words.moment(dt.datetime.fromisoformat(until), row.time_zone)} (your time)"
    _tell("notes_paused", row, event, now, more)


def tell_resumed(event: Event, now: dt.datetime) -> None:
    row = NotesRequest.objects.select_related("provider").get(pk=event.subject_id)
    if row.status == RequestState.OPEN and row.paused_at is None:
        _tell("notes_resumed", row, event, now, {})


def _tell(template: str, row: NotesRequest, event: Event, now: dt.datetime, more: dict[str, Any]) -> None:
    file = telling.due_file([row], now)
    for user, _rows in telling.readers_of(row.provider, [row], now):
        telling.tell(template, user, row, str(event.pk), now, more, file)


def tell_outage(event: Event, now: dt.datetime) -> None:
    """One mail for all of a provider's requests that an outage moved and that still wait."""
    provider = Provider.objects.get(pk=event.subject_id)
    outage = Outage.objects.get(pk=event.payload["outage"])
    keys = event.payload["requests"]
    rows = list(NotesRequest.objects.filter(pk__in=keys, status__in=WAITS, paused_at=None).order_by("due_at", "pk"))
    for user, theirs in telling.readers_of(provider, rows, now):
        mail_id = mailing.message_id("notes_outage", provider, event.pk, user.email)
        if not mailing.already_sent(mail_id):
            context = _of_outage(outage, theirs) | telling.for_whom(user, provider) | _ways(user, theirs, now)
            file = telling.due_file(theirs, now)
            mailing.send("notes_outage", user.email, {"name": user.name, **context}, mail_id, now, provider, file)


def _of_outage(outage: Outage, rows: Sequence[NotesRequest]) -> dict[str, Any]:
    zone = rows[0].time_zone
    return {
        "count": len(rows),
        "from": words.moment(outage.started_at, zone),
        "to": words.moment(outage.ended_at, zone),
        "dates": [words.due(until, row.time_zone) for row in rows if (until := row.in_time_until)],
        "excused": sum(row.excused_until is not None for row in rows),
    }


def _ways(user: User, rows: Sequence[NotesRequest], now: dt.datetime) -> dict[str, str]:
    page = telling.page_of(rows[0]) if len(rows) == 1 else reverse("requests")
    return telling.ways_in(user, page, now, [row.pk for row in rows])
