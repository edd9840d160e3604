"""The mails that bring a link or a code. Both are made here, in the task that sends them: nobody else ever reads them,
and the page that was asked answers alike, and as fast, whether the address is known or not."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from clawguard.accounts import codes, sign_in
from clawguard.accounts.models import User, WayInAsked

STALE = sign_in.LIFETIME  # whoever waited longer for the mail has asked again, or come in another way


def of_asked(row: WayInAsked, now: dt.datetime) -> EmailMessage | None:
    """The mail to send, with a new link or code in it; None where there is nobody to write to, or it comes too late."""
    user = row.user
    if user is None or not user.is_active or now - row.asked_at > STALE:
        return None
    code = codes.spaced(codes.issue(user, row.browser, now))
    if not row.link_to:
        words: dict[str, object] = {"code": code, "minutes": int(codes.LIFETIME.total_seconds() // 60)}
        return _mail(user, "sign_in_code", words)
    token = sign_in.issue_link(user, row.link_to, now, asked_for=True)
    address = settings.PUBLIC_URL + reverse("sign-in-continue", args=[token])
    words = {"address": address, "minutes": int(sign_in.LIFETIME.total_seconds() // 60), "code": code}
    return _mail(user, "sign_in_link", words)


def _mail(user: User, template: str, words: dict[str, object]) -> EmailMessage:
    told = {"user": user, "NETWORK_NAME": settings.NETWORK_NAME, **words}
    subject, text, html = (
        render_to_string(f"emails/{template}/{part}", told) for part in ("subject.txt", "body.txt", "body.html")
    )
    mail = EmailMultiAlternatives(" ".join(subject.split()), text, settings.DEFAULT_FROM_EMAIL, [user.email])
    mail.attach_alternative(html, "text/html")
    return mail
