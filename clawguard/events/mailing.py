"""Mail: one message per person and occasion, in text and HTML, without PHI.

A mail says that something waits, by when, and where to sign in; never about whom. Its Message-ID is made from what it
tells of, so a task that runs twice sends nothing twice, and a server that got it twice can tell.
"""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import logging
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.mime.text import MIMEText
from smtplib import SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import models
from django.template.loader import render_to_string

from clawguard.events.handling import NotYet
from clawguard.events.models import SentMail

log = logging.getLogger(__name__)

ASK_AGAIN = dt.timedelta(minutes=2)
NO_CONNECTION = (ConnectionError, TimeoutError, socket.gaierror, SMTPServerDisconnected)
NO_WAY_THERE = frozenset({errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EHOSTDOWN, errno.ENETDOWN})
MAIL_AWAY = "the mail server is away"  # kept beside each delivery that waits for it


@dataclass(frozen=True, slots=True)
class MailFile:
    """A text file sent with a mail: its name, the part of its type after ``text/``, and parameters of that type."""

    name: str
    subtype: str
    text: str
    parameters: Mapping[str, str] = field(default_factory=dict)

    def as_part(self) -> MIMEText:
        part = MIMEText(self.text, self.subtype, "utf-8")
        for name, value in self.parameters.items():
            part.set_param(name, value)
        part.add_header("Content-Disposition", "attachment", filename=self.name)
        return part


def message_id(template: str, subject: models.Model, occasion: str | int, to: str) -> str:
    """A stable Message-ID for one occasion and reader. ``occasion``: an event's id, or a number that counts them."""
    named = f"{template}|{subject._meta.label_lower}|{subject.pk}|{occasion}|{to}"
    return f"<{hashlib.sha256(named.encode()).hexdigest()[:40]}@{urlsplit(settings.PUBLIC_URL).hostname}>"


def already_sent(message_id: str) -> bool:
    """Whether a mail of this Message-ID went out: lets a caller skip making a sign-in link nobody would get."""
    return SentMail.objects.filter(message_id=message_id).exists()


def send(
    template: str,
    to: str,
    context: Mapping[str, Any],
    message_id: str,
    now: dt.datetime,
    about: models.Model,
    file: MailFile | None = None,
) -> SentMail:
    """Send ``templates/emails/<template>/`` (subject.txt, body.txt, body.html) to one address, once per Message-ID.

    Returns the record, also when the mail had gone out before. Raises what the mail server answers when it refuses the
    message for good; the caller decides whether that makes something undeliverable. Raises NotYet while it is away.
    """
    record = SentMail.objects.filter(message_id=message_id).first()
    if record is not None:
        return record
    words = {"NETWORK_NAME": settings.NETWORK_NAME, "PUBLIC_URL": settings.PUBLIC_URL, **context}
    subject = " ".join(render_to_string(f"emails/{template}/subject.txt", words).split())  # a header is one line
    text, html = (render_to_string(f"emails/{template}/body.{kind}", words) for kind in ("txt", "html"))
    mail = EmailMultiAlternatives(
        subject, text, to=[to], headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated"}
    )
    mail.attach_alternative(html, "text/html")
    if file is not None:
        mail.attach(file.as_part())
    hand_over(mail, now)
    return SentMail.objects.create(
        message_id=message_id,
        template=template,
        to=to,
        subject=subject,
        about=about._meta.label_lower,
        about_id=str(about.pk),
        text=text if settings.DEMO else "",
        html=html if settings.DEMO else "",
        sent_at=now,
    )


def hand_over(mail: EmailMessage, now: dt.datetime) -> None:
    """Give a mail to the server. One that cannot be reached or asks for patience is asked again, however long it takes:
    giving up would leave a duty undone for no fault of anybody's."""
    try:
        mail.send()
    except OSError as error:  # smtplib's exceptions are of this kind, too
        if not _is_away(error):
            raise
        log.warning("mail.server_away", extra={"error": type(error).__name__})
        raise NotYet(now + ASK_AGAIN, MAIL_AWAY) from error


def _is_away(error: OSError) -> bool:
    """Whether it may go well later: no connection, or only answers of the 4xx kind (RFC 5321 section 4.2.1)."""
    if isinstance(error, SMTPRecipientsRefused):
        return bool(error.recipients) and all(400 <= code < 500 for code, _said in error.recipients.values())
    if isinstance(error, SMTPResponseException):
        return 400 <= error.smtp_code < 500
    return isinstance(error, NO_CONNECTION) or error.errno in NO_WAY_THERE


def record_bounce(message_id: str, now: dt.datetime) -> SentMail | None:
    """Note that a mail came back. Returns its record, or None when it is unknown or had bounced before."""
    bounced = SentMail.objects.filter(message_id=message_id, bounced_at__isnull=True)
    return SentMail.objects.get(message_id=message_id) if bounced.update(bounced_at=now) else None
