"""Sends sign-in links from a worker: the page answers alike, and as fast, whether the address is known or not."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from clawguard.accounts import codes, sign_in
from clawguard.accounts.models import User
from clawguard.clock import now as read_clock

log = logging.getLogger(__name__)


@shared_task
def mail_sign_in_link(user_id: str | None, next_path: str, browser: str = "") -> None:
    """Make the link, and the code for the asking ``browser``, here and mail both: a secret in a task's arguments would
    lie readable in the broker."""
    user = _active(user_id)
    if user is None:
        return
    now = read_clock()
    try:
        token = sign_in.issue_link(user, next_path, now)
    except sign_in.TooManyLinks:
        log.info("sign_in.link_withheld", extra={"user": str(user.pk)})
        return
    address = settings.PUBLIC_URL + reverse("sign-in-continue", args=[token])
    minutes = int(sign_in.LIFETIME.total_seconds() // 60)
    words = {"address": address, "minutes": minutes, "code": _code(user, browser, now)}
    _send(user, f"Your sign-in link for {settings.NETWORK_NAME}", "accounts/mail_link.txt", words)


@shared_task
def mail_sign_in_code(user_id: str | None, browser: str) -> None:
    """Mail the code that a browser new to this person has to be told."""
    user = _active(user_id)
    code = _code(user, browser, read_clock()) if user else ""
    if user and code:
        words = {"code": code, "minutes": int(codes.LIFETIME.total_seconds() // 60)}
        _send(user, f"Your code for {settings.NETWORK_NAME}", "accounts/mail_code.txt", words)


def _active(user_id: str | None) -> User | None:
    return User.objects.filter(pk=user_id, is_active=True).first() if user_id else None


def _code(user: User, browser: str, now: dt.datetime) -> str:
    """A code for the browser that asks, as it is read; empty when there is none to be had."""
    if not browser:
        return ""
    try:
        return codes.spaced(codes.issue(user, browser, now))
    except codes.TooManyCodes:
        log.info("sign_in.code_withheld", extra={"user": str(user.pk)})
        return ""


def _send(user: User, subject: str, template: str, words: dict[str, Any]) -> None:
    text = render_to_string(template, {"user": user, "NETWORK_NAME": settings.NETWORK_NAME, **words})
    send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [user.email])
