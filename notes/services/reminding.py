"""Reminders, and the word that an answer time is over or an answer was accepted: in the recipient's working hours,
never twice within a few hours, one mail for all of it. Answer times end at midnight; nobody is written to then."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max, Q

from clawguard.accounts.actors import SYSTEM
from clawguard.accounts.models import Provider
from clawguard.domain.lifecycles import RequestState
from clawguard.events import mailing
from clawguard.events.models import Event
from clawguard.events.services import publish
from clawguard.ui import words
from notes import clock, selectors_clock
from notes.models import NotesRequest
from notes.services import telling

BATCH = 500
TOLD_OF = (RequestState.OPEN, RequestState.LAPSED, RequestState.ACCEPTED)


@transaction.atomic
def remind_due(now: dt.datetime) -> int:
    """Tell of every provider who is to be reminded now. Returns how many; the mail itself is a task's."""
    due = NotesRequest.objects.filter(status__in=TOLD_OF, remind_at__lte=now).order_by("remind_at")
    rows = due.select_related("provider").select_for_update(of=("self",), skip_locked=True)[:BATCH]
    per_provider: dict[UUID, list[NotesRequest]] = defaultdict(list)
    for row in rows:
        per_provider[row.provider_id].append(row)
    return sum(_remind(waiting[0].provider, waiting, now) for waiting in per_provider.values())


def _remind(provider: Provider, waiting: Sequence[NotesRequest], now: dt.datetime) -> bool:
    later = _not_before(provider, waiting, now)
    if later > now:
        NotesRequest.objects.filter(pk__in=[row.pk for row in waiting]).update(remind_at=later)
        return False
    for row in waiting:
        reminded = int(row.status != RequestState.ACCEPTED)
        given = {"remind_at": _next(row, now), "reminded_at": now, "reminders_sent": F("reminders_sent") + reminded}
        NotesRequest.objects.filter(pk=row.pk).update(**given)
    accepted = [row for row in waiting if row.status == RequestState.ACCEPTED]
    running = [row for row in waiting if row not in accepted and not row.is_over(now)]
    told = {
        "requests": [str(row.pk) for row in waiting],
        "accepted": [str(row.pk) for row in accepted],
        "open": [{"request": str(row.pk), "session": str(row.session_id)} for row in running],
    }
    publish("notes.reminder_due", provider, SYSTEM, now, told)
    return True


def _not_before(provider: Provider, waiting: Sequence[NotesRequest], now: dt.datetime) -> dt.datetime:
    """The first moment at which this provider may be reminded: after the gap, in working hours. A mail that asks counts
    like a reminder, except where what waits would be over by then."""
    mails = NotesRequest.objects.filter(provider=provider).aggregate(
        reminded=Max("reminded_at"), asked=Max("delivered_at")
    )
    gap, zone = dt.timedelta(hours=settings.REMINDER_GAP_HOURS), provider.time_zone
    first = clock.working_moment(max(now, mails["reminded"] + gap) if mails["reminded"] else now, zone)
    if mails["asked"] is None:
        return first
    later = clock.working_moment(max(first, mails["asked"] + gap), zone)
    ends = [until for row in waiting if (until := row.in_time_until) and until > now]
    return later if all(later < until for until in ends) else first


def _next(row: NotesRequest, now: dt.datetime) -> dt.datetime | None:
    if row.status == RequestState.ACCEPTED:
        return None
    if row.lapsed_at is not None and row.is_over(now):
        return clock.next_word_of_lapse(row.lapsed_at, row.provider.time_zone, now)
    return clock.next_reminder_of(row, now)


def tell_of_lapse(request_id: UUID, now: dt.datetime) -> None:
    """The provider is to hear, in their next working hours, that the time is over and that they can still answer."""
    row = NotesRequest.objects.select_for_update(of=("self",)).select_related("provider").get(pk=request_id)
    if row.status == RequestState.LAPSED and row.remind_at is None:
        at = clock.working_moment(now, row.provider.time_zone)
        NotesRequest.objects.filter(pk=row.pk).update(remind_at=at)


def send_reminder(event: Event, now: dt.datetime) -> None:
    """One mail per person: everything of this provider that they may answer and that is still open, and what has lapsed
    or was accepted since the last one. What was accepted brings no further reminder of what is open.

    Silent when nothing of it waits any more, and at night.
    """
    provider = Provider.objects.get(pk=event.subject_id)
    if clock.working_moment(now, provider.time_zone) > now:
        return
    own = NotesRequest.objects.filter(provider=provider).order_by("due_at", "pk")
    in_time = Q(status=RequestState.OPEN, due_at__gt=now) | Q(status=RequestState.LAPSED, excused_until__gt=now)
    accepted = list(own.filter(status=RequestState.ACCEPTED, pk__in=event.payload.get("accepted", [])))
    only_accepted = len(accepted) == len(event.payload["requests"])
    waiting = [] if only_accepted else list(own.filter(in_time).exclude(selectors_clock.pausing(now)))
    lapsed = list(own.filter(status=RequestState.LAPSED, pk__in=event.payload["requests"]).exclude(in_time))
    for user, asked in telling.readers_of(provider, [*waiting, *lapsed, *accepted], now):
        mail_id = mailing.message_id("notes_reminder", provider, event.pk, user.email)
        if not mailing.already_sent(mail_id):
            context = _words(*([row for row in rows if row in asked] for rows in (waiting, lapsed, accepted)))
            context |= telling.ways_in(user, telling.page_of_all(asked), now, [row.pk for row in asked])
            context |= {"name": user.name, **telling.for_whom(user, provider)}
            mailing.send("notes_reminder", user.email, context, mail_id, now, provider)


def _words(
    waiting: Sequence[NotesRequest], lapsed: Sequence[NotesRequest], accepted: Sequence[NotesRequest]
) -> dict[str, Any]:
    return {
        "count": len(waiting),
        "due_day": _day(waiting[0]) if waiting else "",
        "dates": [words.due(until, row.time_zone) for row in waiting if (until := row.in_time_until)],
        "lapsed_count": len(lapsed),
        "lapsed_days": [_day(row) for row in lapsed],
        "accepted_count": len(accepted),
        "accepted_days": [_answered_on(row) for row in accepted],
    }


def _day(row: NotesRequest) -> str:
    until = row.in_time_until
    return words.day(words.due_day(until, row.time_zone)) if until else ""


def _answered_on(row: NotesRequest) -> str:
    return words.day(row.answered_at.astimezone(ZoneInfo(row.time_zone)).date()) if row.answered_at else ""
