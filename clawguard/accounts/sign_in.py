"""E-mailed ways in. Looking at a link changes nothing, so a mail scanner that opens it harms nobody; it works once.

Only a SHA-256 digest of the token is stored: 32 random bytes need no salt and no slow hash.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.utils.http import url_has_allowed_host_and_scheme

from clawguard.accounts.models import SignInLink, User

LIFETIME = dt.timedelta(minutes=15)
MOST_PER_HOUR = 5
LONGEST_PATH = 200


class LinkSpent(Exception):
    """The link does not work (any more). ``why`` is ``used``, ``expired`` or ``unknown``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class TooManyLinks(Exception):
    """This user was sent as many links within the hour as anybody may be."""


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def safe_path(path: str | None) -> str:
    """``path`` if it leads to a page of ours, else the home page, so that nobody is led away while signing in."""
    wanted = path or "/"
    inside = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if inside and len(wanted) <= LONGEST_PATH else "/"


@transaction.atomic
def issue_link(user: User, next_path: str, now: dt.datetime) -> str:
    """The token of a new link that leads to ``next_path``. Raises TooManyLinks beyond ``MOST_PER_HOUR``."""
    User.objects.select_for_update().get(pk=user.pk)  # two requests at once count one after the other
    recent = SignInLink.objects.filter(user=user, created_at__gt=now - dt.timedelta(hours=1)).count()
    if recent >= MOST_PER_HOUR:
        raise TooManyLinks
    token = secrets.token_urlsafe(32)
    SignInLink.objects.create(
        digest=digest(token), user=user, next_path=safe_path(next_path), created_at=now, expires_at=now + LIFETIME
    )
    return token


def peek(token: str, now: dt.datetime) -> SignInLink:
    """The link, unchanged. Raises LinkSpent when it could not be used."""
    link = SignInLink.objects.select_related("user").filter(digest=digest(token)).first()
    if link is None or not link.user.is_active:
        raise LinkSpent("unknown")
    if link.used_at is not None or link.revoked_at is not None:
        raise LinkSpent("used")
    if now >= link.expires_at:
        raise LinkSpent("expired")
    return link


@transaction.atomic
def consume(token: str, now: dt.datetime) -> SignInLink:
    """Use the link up, and with it every other open link of its user. Raises LinkSpent; of two at once, one wins."""
    link = peek(token, now)
    if not SignInLink.objects.filter(pk=link.pk, used_at=None, revoked_at=None).update(used_at=now):
        raise LinkSpent("used")
    revoke_links(link.user, now)
    return link


def revoke_links(user: User, now: dt.datetime) -> int:
    """End every open link of ``user``; returns how many there were."""
    return SignInLink.objects.filter(user=user, used_at=None, revoked_at=None).update(revoked_at=now)
