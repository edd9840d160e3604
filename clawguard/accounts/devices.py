"""Browsers that a person has used before. The cookie holds a secret; the database only its digest, per person."""

from __future__ import annotations

import datetime as dt
import re
import secrets

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from clawguard.accounts.models import KnownDevice, User
from clawguard.accounts.sign_in import digest

LIFETIME = dt.timedelta(days=90)
SYSTEMS = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "CrOS", "Linux")
BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
SAID = {"Edg": "Edge", "OPR": "Opera", "Macintosh": "Mac", "CrOS": "Chromebook"}


def cookie_name() -> str:
    return "__Host-known" if settings.SECURE_COOKIES else "known"


def is_known(request: HttpRequest, user: User, now: dt.datetime) -> bool:
    """Whether this browser has once passed the mailed code (or a passkey) as ``user``, lately enough."""
    token = request.COOKIES.get(cookie_name(), "")
    return bool(token) and of(user, now).filter(digest=digest(token)).exists()


def remember(request: HttpRequest, response: HttpResponse, user: User, now: dt.datetime) -> None:
    """From now on this browser is known to belong to ``user``, too."""
    token = request.COOKIES.get(cookie_name(), "")
    if len(token) < 40:
        token = secrets.token_urlsafe(32)
    given = {"label": label(request.headers.get("User-Agent", "")), "created_at": now, "expires_at": now + LIFETIME}
    KnownDevice.objects.update_or_create(user=user, digest=digest(token), defaults=given)
    response.set_cookie(
        cookie_name(),
        token,
        max_age=int(LIFETIME.total_seconds()),
        secure=settings.SECURE_COOKIES,
        httponly=True,
        samesite="Lax",
    )


def of(user: User, now: dt.datetime) -> QuerySet[KnownDevice]:
    return KnownDevice.objects.filter(user=user, expires_at__gt=now).order_by("-created_at")


def forget_all(user: User) -> int:
    """Every browser of this person is new again; returns how many there were."""
    return KnownDevice.objects.filter(user=user).delete()[0]


def label(agent: str) -> str:
    """A browser in two words a person recognises: ``Safari, iPhone``. Never the whole of what it says of itself."""
    found = [next((name for name in names if re.search(rf"\b{name}\b", agent)), "") for names in (BROWSERS, SYSTEMS)]
    return ", ".join(SAID.get(name, name) for name in found if name) or "A browser"
