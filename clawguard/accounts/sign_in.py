"""E-mailed ways in. Looking at a link changes nothing, so a mail scanner that opens it harms nobody; it works once.

Only a SHA-256 digest of the token is stored: 32 random bytes need no salt and no slow hash.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.http import url_has_allowed_host_and_scheme

from clawguard.accounts.models import SignInLink, User

LIFETIME = dt.timedelta(minutes=15)
# A link to one request lies in a mailbox until its reader has time. It opens nothing else, and a browser that is new to
# the person needs a mailed code besides.
LIFETIME_OF_ONE = dt.timedelta(days=10)
LONGEST_PATH = 200


class LinkSpent(Exception):
    """The link does not work (any more). ``why`` is ``used``, ``expired`` or ``unknown``."""

    def __init__(self, why: str, link: SignInLink | None = None) -> None:
        super().__init__(why)
        self.why, self.link = why, link


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def safe_path(path: str | None) -> str:
    """``path`` if it leads to a page of ours, else the home page, so that nobody is led away while signing in."""
    wanted = path or "/"
    inside = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if inside and len(wanted) <= LONGEST_PATH else "/"


def issue_link(
    user: User, next_path: str, now: dt.datetime, opens: Iterable[UUID] = (), *, asked_for: bool = False
) -> str:
    """The token of a new link that leads to ``next_path``.

    With ``opens`` it opens these requests and nothing else, and lasts until somebody may have read their mail.
    """
    only = list(opens)
    token = secrets.token_urlsafe(32)
    SignInLink.objects.create(
        digest=digest(token),
        user=user,
        next_path=safe_path(next_path),
        opens=only,
        asked_for=asked_for,
        created_at=now,
        expires_at=now + (LIFETIME_OF_ONE if only else LIFETIME),
    )
    return token


def peek(token: str, now: dt.datetime) -> SignInLink:
    """The link, unchanged. Raises LinkSpent when it could not be used."""
    link = SignInLink.objects.select_related("user").filter(digest=digest(token)).first()
    if link is None or not link.user.is_active:
        raise LinkSpent("unknown")
    require_usable(link, now)
    return link


def require_usable(link: SignInLink, now: dt.datetime) -> None:
    """Raises LinkSpent."""
    if link.used_at is not None or link.revoked_at is not None:
        raise LinkSpent("used", link)
    if now >= link.expires_at:
        raise LinkSpent("expired", link)


@transaction.atomic
def consume(link: SignInLink, now: dt.datetime) -> None:
    """Use the link up. Raises LinkSpent; of two at once, one wins.

    A link that opens everything ends every other of its kind; those to single requests stay, each opens its own.
    """
    require_usable(link, now)
    if not SignInLink.objects.filter(pk=link.pk, used_at=None, revoked_at=None).update(used_at=now):
        raise LinkSpent("used", link)
    if not link.opens:
        _open_links(link.user).filter(opens=[]).update(revoked_at=now)


def revoke_links(user: User, now: dt.datetime) -> int:
    """End every open link of ``user``; returns how many there were."""
    return _open_links(user).update(revoked_at=now)


def open_links(user: User, now: dt.datetime) -> int:
    """How many links of this person would still work."""
    return _open_links(user).filter(expires_at__gt=now).count()


def _open_links(user: User) -> QuerySet[SignInLink]:
    return SignInLink.objects.filter(user=user, used_at=None, revoked_at=None)
