"""Mail to the people who sign in for a provider, and to staff. What it is about they read after signing in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.db import models

from clawguard.accounts.models import Provider, User
from clawguard.events import mailing
from clawguard.events.models import SentMail
from clawguard.ui import words
from disputes.models import Dispute
from notes.services.telling import for_whom, people_of, readers_of, ways_in


def mail_provider(
    template: str,
    provider: Provider,
    about: models.Model,
    path: str,
    occasion: str | int,
    now: dt.datetime,
    due_at: dt.datetime | None = None,
) -> bool:
    """Tell everybody who signs in for the provider, and of a dispute whoever may answer it in their name, too. Returns
    whether at least one address was accepted.

    Raises what the mail server answers for other faults, so that the task is tried again; nobody is told twice.
    """
    context = {"due": words.due(due_at, provider.time_zone)} if due_at else {}
    # Cases are about whose error it was and what it costs: their mail goes to the provider in person.
    readers = readers_of(provider, [about], now) if isinstance(about, Dispute) else []
    people = [reader.user for reader in readers] or people_of(provider)
    told = [
        _sent(template, user, about, path, occasion, now, {**context, **for_whom(user, provider)}) for user in people
    ]
    return any(told)


def mail_delegate(
    template: str,
    user: User,
    about: Dispute,
    path: str,
    occasion: str | int,
    now: dt.datetime,
    due_at: dt.datetime | None,
) -> bool:
    """Tell one delegate about a dispute of whom they stand for. Returns and raises as ``mail_provider``."""
    due = {"due": words.due(due_at, about.provider.time_zone)} if due_at else {}
    return _sent(template, user, about, path, occasion, now, {**due, **for_whom(user, about.provider)})


def times_asked(template: str, about: models.Model) -> int:
    """1, and one more for each of its mails that came back: the occasion of a mail that starts a clock."""
    came_back = SentMail.objects.filter(template=template, about_id=str(about.pk)).exclude(bounced_at=None)
    return came_back.count() + 1


def mail_staff(
    template: str, user: User | None, about: models.Model, path: str, occasion: str | int, now: dt.datetime
) -> bool:
    """Tell the person who looks after a case; nobody when nobody does."""
    return user is not None and _sent(template, user, about, path, occasion, now, {}, sign_in=False)


def _sent(
    template: str,
    user: User,
    about: models.Model,
    path: str,
    occasion: str | int,
    now: dt.datetime,
    context: Mapping[str, Any],
    *,
    sign_in: bool = True,
) -> bool:
    message_id = mailing.message_id(template, about, occasion, user.email)
    if mailing.already_sent(message_id):
        return True
    ways = ways_in(user, path, now) if sign_in else {"page": f"{settings.PUBLIC_URL}{path}"}
    try:
        mailing.send(template, user.email, {"name": user.name, **ways, **context}, message_id, now, about)
    except SMTPRecipientsRefused:
        return False
    return True
