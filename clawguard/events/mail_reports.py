"""What a mail service reports of a mail: delivered, come back, complained of. Each report counts once.

Here it is only written down; who must act on a mail that came back stands in the map of tasks (``mail.bounced``).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from clawguard.accounts.actors import Actor
from clawguard.events import mailing
from clawguard.events.models import MailReport, SentMail
from clawguard.events.services import publish

MAIL_SERVICE = Actor(kind="system", role="system", name="Mail service")
RECORDED, REPEATED, UNKNOWN = "recorded", "repeated", "unknown"


@dataclass(frozen=True, slots=True)
class Report:
    """``told_as``: the sender's id of this report. ``kind``: one of ``MailReport.KINDS``."""

    told_as: str
    message_id: str
    kind: str
    happened_at: dt.datetime


@transaction.atomic
def take(report: Report, now: dt.datetime) -> str:
    """Write the report down and publish what somebody must act on. Returns ``recorded``, ``repeated`` (it was taken
    before, whatever it says now) or ``unknown`` (no mail of ours has this Message-ID; nothing is kept)."""
    mail = SentMail.objects.filter(message_id=report.message_id).first()
    if mail is None:
        return UNKNOWN
    _row, new = MailReport.objects.get_or_create(
        told_as=report.told_as,
        defaults={"mail": mail, "kind": report.kind, "happened_at": report.happened_at, "received_at": now},
    )
    if not new:
        return REPEATED
    if report.kind == "bounced":
        _came_back(mail, now)
    elif report.kind == "complained":
        if _mark(mail, "complained_at", now):
            publish("mail.complained", mail, MAIL_SERVICE, now, _told(mail))
    else:
        _mark(mail, "delivered_at", now)
    return RECORDED


def _came_back(mail: SentMail, now: dt.datetime) -> None:
    """The first time is news."""
    if mailing.record_bounce(mail.message_id, now) is not None:
        publish("mail.bounced", mail, MAIL_SERVICE, now, _told(mail))


def _mark(mail: SentMail, column: str, now: dt.datetime) -> bool:
    return bool(SentMail.objects.filter(pk=mail.pk, **{column: None}).update(**{column: now}))


def _told(mail: SentMail) -> dict[str, str]:
    return {"template": mail.template, "about": mail.about, "about_id": mail.about_id}
