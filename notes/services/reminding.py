"""Reminders: in the recipient's working hours, never twice within a few hours, one mail for all that waits."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max

from clawguard.accounts.actors import SYSTEM
from clawguard.accounts.models import Provider
from clawguard.domain.lifecycles import RequestState
from clawguard.events import mailing
from clawguard.events.models import Event
from clawguard.events.services import publish
from clawguard.ui import words
from notes import clock
from notes.models import NotesRequest
from notes.services import telling

BATCH = 500


@transaction.atomic
def remind_due(now: dt.datetime) -> int:
    """Tell of every provider who is to be reminded now. Returns how many; the mail itself is a task's."""
    due = NotesRequest.objects.filter(status=RequestState.OPEN, remind_at__lte=now).order_by("remind_at")
    rows = due.select_related("provider").select_for_update(of=("self",), skip_locked=True)[:BATCH]
    per_provider: dict[UUID, list[NotesRequest]] = defaultdict(list)
    for row in rows:
        per_provider[row.provider_id].append(row)
    return sum(_remind(waiting[0].provider, waiting, now) for waiting in per_provider.values())


def _remind(provider: Provider, waiting: Sequence[NotesRequest], now: dt.datetime) -> bool:
    later = _not_before(provider, now)
    if later > now:
        NotesRequest.objects.filter(pk__in=[row.pk for row in waiting]).update(remind_at=later)
        return False
    for row in waiting:
        given = {"remind_at": _next(row, now), "reminded_at": now, "reminders_sent": F("reminders_sent") + 1}
        NotesRequest.objects.filter(pk=row.pk).update(**given)
    publish("notes.reminder_due", provider, SYSTEM, now, {"requests": [str(row.pk) for row in waiting]})
    return True


def _not_before(provider: Provider, now: dt.datetime) -> dt.datetime:
    """The first moment at which this provider may be reminded: after the gap, in working hours."""
    last = NotesRequest.objects.filter(provider=provider).aggregate(last=Max("reminded_at"))["last"]
    gap = dt.timedelta(hours=settings.REMINDER_GAP_HOURS)
    return clock.working_moment(max(now, last + gap) if last else now, provider.time_zone)


def _next(row: NotesRequest, now: dt.datetime) -> dt.datetime | None:
    if row.delivered_at is None:
        return None
    return clock.next_reminder(clock.deadline_in(row.time_zone, row.delivered_at, row.business_days), now)


def send_reminder(event: Event, now: dt.datetime) -> None:
    """One mail per person with everything of this provider that is still open. Silent when nothing is, or at night."""
    provider = Provider.objects.get(pk=event.subject_id)
    if clock.working_moment(now, provider.time_zone) > now:
        return
    waiting = NotesRequest.objects.filter(provider=provider, status=RequestState.OPEN, due_at__gt=now).order_by(
        "due_at"
    )
    rows = list(waiting)
    if not rows:
        return
    first = rows[0]
    for user in telling.people_of(provider):
        mail_id = mailing.message_id("notes_reminder", provider, event.pk, user.email)
        if mailing.already_sent(mail_id) or first.due_at is None:
            continue
        path = telling.page_of(first) if len(rows) == 1 else "/my"
        context = {
            "name": user.name,
            "count": len(rows),
            "due_day": words.day(words.due_day(first.due_at, first.time_zone)),
            "dates": [words.due(row.due_at, row.time_zone) for row in rows if row.due_at],
            **telling.ways_in(user, path, now),
        }
        mailing.send("notes_reminder", user.email, context, mail_id, now, provider)
