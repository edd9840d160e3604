"""The mail that asks: one for one session, and one for all that are asked of a provider at the same time."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Sequence
from smtplib import SMTPRecipientsRefused
from typing import Any, NamedTuple

from django.urls import reverse

from clawguard.accounts.models import User
from clawguard.domain.calendar import Deadline
from clawguard.events import mailing
from clawguard.events.models import SentMail
from clawguard.ui import words
from notes import calendar_file
from notes.models import NotesRequest
from notes.services import telling


class Promise(NamedTuple):
    """A request and the answer time that its delivery will start."""

    request: NotesRequest
    deadline: Deadline


def send(person: User, promises: Sequence[Promise], now: dt.datetime) -> str:
    """Mail one person about what is asked. Returns the Message-ID; empty when their address was refused.

    Other mail faults are raised: the task is tried again, and sends nothing twice.
    """
    try:
        return _one(person, promises[0], now) if len(promises) == 1 else _all(person, promises, now)
    except SMTPRecipientsRefused:
        return ""


def _one(person: User, promise: Promise, now: dt.datetime) -> str:
    request, found = promise
    bounced = SentMail.objects.filter(about_id=str(request.pk)).exclude(bounced_at=None).count()
    file = _due_file([promise], now)
    return telling.tell("notes_request", person, request, f"delivery-{bounced}", now, _counted(found), file)


def _all(person: User, promises: Sequence[Promise], now: dt.datetime) -> str:
    provider = promises[0].request.provider
    occasion = _occasion(promises)
    mail_id = mailing.message_id("notes_requests", provider, occasion, person.email)
    if not mailing.already_sent(mail_id):
        ways = telling.ways_in(person, reverse("requests"), now, [each.request.pk for each in promises])
        file = _due_file(promises, now)
        context = {"name": person.name, **telling.for_whom(person, provider), **ways, **_words(promises)}
        mailing.send("notes_requests", person.email, context, mail_id, now, provider, file)
    return mail_id


def _due_file(promises: Sequence[Promise], now: dt.datetime) -> mailing.MailFile:
    due = [
        calendar_file.DueDay(each.request, each.deadline.due_date, telling.url_of(each.request)) for each in promises
    ]
    return calendar_file.due_file(due, now)


def _occasion(promises: Sequence[Promise]) -> str:
    """The same requests are the same occasion, until one of them has come back undelivered."""
    keys = sorted(str(each.request.pk) for each in promises)
    bounced = SentMail.objects.filter(about_id__in=keys).exclude(bounced_at=None).count()
    return hashlib.sha256("|".join([*keys, str(bounced)]).encode()).hexdigest()[:32]


def _words(promises: Sequence[Promise]) -> dict[str, Any]:
    """Counts and days; the day-by-day count is shown where it is the same for all."""
    ends = Counter(sorted(each.deadline.lapses_at for each in promises))
    zone, first = promises[0].deadline.time_zone, promises[0].deadline
    dates = [{"due": words.due(end, zone), "count": count} for end, count in ends.items()]
    alike = len({(each.deadline.lapses_at, each.deadline.business_days) for each in promises}) == 1
    shared = _counted(first) if alike else {}
    return {
        "count": len(promises),
        **shared,
        "dates": dates,
        "due_day": words.day(min(each.deadline.due_date for each in promises)),
    }


def _counted(found: Deadline) -> dict[str, Any]:
    return {
        "due_day": words.day(found.due_date),
        "due": words.due(found.lapses_at, found.time_zone),
        "days": found.as_dict()["days"],
        "business_days": found.business_days,
    }
