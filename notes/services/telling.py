"""Mails about notes requests. They name a day and a page, never a client, a session or a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from clawguard.accounts import delegates, sign_in
from clawguard.accounts.models import Provider, Role, SignInLink, User
from clawguard.events import mailing
from clawguard.events.models import Event
from clawguard.ui import words
from notes import calendar_file
from notes.models import NotesRequest

TEN_DAYS, A_QUARTER = "ten days", "a quarter of an hour"  # sign_in.LIFETIME_OF_ONE and LIFETIME in words
MOST_LINKS = 5  # in the mails of one hour to one person; those they ask for themselves are counted elsewhere


def people_of(provider: Provider) -> list[User]:
    """Who signs in for this provider and can be written to."""
    return [user for user in provider.users.filter(is_active=True).order_by("created_at", "pk") if user.email]


class Reader(NamedTuple):
    """Somebody who is written to, and about which of the rows."""

    user: User
    rows: list[Any]


def readers_of(provider: Provider, rows: Iterable[Any], now: dt.datetime) -> list[Reader]:
    """Who is written to about rows of a provider: whoever signs in for them, and delegates about what is theirs to
    answer. During an absence that says so, the provider is not written to about what a delegate has."""
    about = list(rows)
    given = delegates.readers(provider, [row.pk for row in about])
    away = delegates.absence_at(provider, now) if given else None
    spared = frozenset().union(*given.values()) if away is not None and away.only_delegate else frozenset()
    own = [Reader(user, [row for row in about if row.pk not in spared]) for user in people_of(provider)]
    theirs = [Reader(user, [row for row in about if row.pk in ids]) for user, ids in given.items() if user.email]
    return [reader for reader in (*own, *theirs) if reader.rows]


def for_whom(user: User, provider: Provider) -> dict[str, str]:
    """What a delegate's mail says above all else; a provider's own says nothing of it."""
    return {"for_whom": str(provider)} if user.role == Role.DELEGATE else {}


def tell(
    template: str,
    user: User,
    request: NotesRequest,
    occasion: str,
    now: dt.datetime,
    more: Mapping[str, Any] | None = None,
    file: mailing.MailFile | None = None,
) -> str:
    """Mail one person about one request, with a way in that leads to it. Sent once per occasion. Its Message-ID."""
    mail_id = mailing.message_id(template, request, occasion, user.email)
    if mailing.already_sent(mail_id):
        return mail_id
    context = {
        "name": user.name,
        **ways_in(user, page_of(request), now, [request.pk]),
        **_dates(request),
        **for_whom(user, request.provider),
        **(more or {}),
    }
    mailing.send(template, user.email, context, mail_id, now, request, file)
    return mail_id


def tell_all(template: str, event: Event, now: dt.datetime) -> None:
    """Mail everybody who may answer the request that ``event`` is about, once per event."""
    request = NotesRequest.objects.select_related("provider").get(pk=event.subject_id)
    file = _file(template, request, now)
    for user, _rows in readers_of(request.provider, [request], now):
        tell(template, user, request, str(event.pk), now, file=file)


def _file(template: str, request: NotesRequest, now: dt.datetime) -> mailing.MailFile | None:
    """More time moves the day in the reader's calendar; a request that was withdrawn leaves it."""
    if template == "notes_extended":
        return due_file([request], now)
    return calendar_file.withdrawn_file(request, now) if template == "notes_withdrawn" else None


def due_file(requests: Iterable[NotesRequest], now: dt.datetime) -> mailing.MailFile | None:
    """The days on which requests are due, for the reader's calendar; None while the clock of each stands still."""
    running = [(request, until) for request in requests if (until := request.in_time_until) is not None]
    due = [
        calendar_file.DueDay(request, words.due_day(until, request.time_zone), url_of(request))
        for request, until in running
    ]
    return calendar_file.due_file(due, now) if due else None


def page_of(request: NotesRequest) -> str:
    return reverse("my-request", args=[request.pk])


def url_of(request: NotesRequest) -> str:
    return settings.PUBLIC_URL + page_of(request)


def page_of_all(rows: Sequence[NotesRequest]) -> str:
    """The page of the only one, or the list of all that waits."""
    return page_of(rows[0]) if len(rows) == 1 else reverse("requests")


def ways_in(user: User, path: str, now: dt.datetime, opens: Iterable[UUID] = ()) -> dict[str, str]:
    """``link`` signs ``user`` in once, for the requests of ``opens`` alone, and leads to ``path``; ``lasts`` says how
    long. ``page`` is the page itself, which asks to sign in. After many links it stands for one, and lasts for ever."""
    page = f"{settings.PUBLIC_URL}{path}"
    ours = SignInLink.objects.filter(user=user, asked_for=False, created_at__gt=now - dt.timedelta(hours=1))
    if ours.count() >= MOST_LINKS:
        return {"link": page, "page": page}
    only = list(opens)
    token = sign_in.issue_link(user, path, now, only)
    link = settings.PUBLIC_URL + reverse("sign-in-continue", args=[token])
    return {"link": link, "page": page, "lasts": TEN_DAYS if only else A_QUARTER}


def _dates(request: NotesRequest) -> dict[str, Any]:
    until = request.in_time_until
    if until is None:
        return {}
    return {
        "due_day": words.day(words.due_day(until, request.time_zone)),
        "due": words.due(until, request.time_zone),
        "days": (request.deadline or {}).get("days", []),
        "business_days": request.business_days,
    }
