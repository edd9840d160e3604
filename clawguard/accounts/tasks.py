"""Sends sign-in links from a worker: the page answers alike, and as fast, whether the address is known or not."""

from __future__ import annotations

import logging
from typing import Any

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from clawguard.accounts import sign_in
from clawguard.accounts.models import User
from clawguard.clock import now as read_clock

log = logging.getLogger(__name__)


@shared_task
def mail_sign_in_link(user_id: str | None, next_path: str) -> None:
    """Make the link here and mail it: a secret in a task's arguments would lie readable in the broker."""
    user = User.objects.filter(pk=user_id, is_active=True).first() if user_id else None
    if user is None:
        return
    try:
        token = sign_in.issue_link(user, next_path, read_clock())
    except sign_in.TooManyLinks:
        log.info("sign_in.link_withheld", extra={"user": str(user.pk)})
        return
    address = settings.PUBLIC_URL + reverse("sign-in-continue", args=[token])
    words: dict[str, Any] = {"user": user, "address": address, "minutes": int(sign_in.LIFETIME.total_seconds() // 60)}
    words["NETWORK_NAME"] = settings.NETWORK_NAME
    text = render_to_string("accounts/mail_link.txt", words)
    send_mail(f"Your sign-in link for {settings.NETWORK_NAME}", text, settings.DEFAULT_FROM_EMAIL, [user.email])
