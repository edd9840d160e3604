"""The session engine: Django's own rows, and beside each whose it is, so that people see and end their sign-ins."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from clawguard.accounts.models import SignedIn, User
from clawguard.middleware import SEEN_AT, SIGNED_IN_AT

BROWSER = "browser"  # in the session: the browser in two words


class SessionStore(DatabaseStore):
    """Named by ``SESSION_ENGINE``."""

    @classmethod
    def get_model_class(cls) -> type[SignedIn]:
        return SignedIn

    def create_model_instance(self, data: dict[str, Any]) -> SignedIn:
        row = cast("SignedIn", super().create_model_instance(data))
        row.user_id = UUID(data[SESSION_KEY]) if SESSION_KEY in data else None
        return row


@dataclass(frozen=True, slots=True)
class Place:
    """One browser somebody is signed in with. ``name`` stands for the session's key, which no page ever shows."""

    name: str
    browser: str
    since: dt.datetime | None
    seen: dt.datetime | None
    here: bool


def places_of(user: User, own_key: str | None) -> list[Place]:
    """Where ``user`` is signed in, this browser first, then the one seen last."""
    rows = SignedIn.objects.filter(user_id=user.pk, expire_date__gt=timezone.now())
    found = [_place(row, own_key) for row in rows]
    return sorted(found, key=lambda place: (not place.here, -(place.seen.timestamp() if place.seen else 0)))


def _place(row: SignedIn, own_key: str | None) -> Place:
    held = row.get_decoded()
    since, seen = _moment(held.get(SIGNED_IN_AT)), _moment(held.get(SEEN_AT))
    return Place(_name(row.session_key), held.get(BROWSER, "A browser"), since, seen, row.session_key == own_key)


def _moment(seconds: float | None) -> dt.datetime | None:
    return dt.datetime.fromtimestamp(seconds, dt.UTC) if seconds else None


def _name(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def end_one(user: User, name: str) -> bool:
    """Sign ``user`` out of one browser; its next request is nobody's. Whether there was such a one."""
    keys = [row.session_key for row in SignedIn.objects.filter(user_id=user.pk) if _name(row.session_key) == name]
    return bool(SignedIn.objects.filter(session_key__in=keys).delete()[0])


def end_others(user: User, own_key: str | None) -> int:
    """Sign ``user`` out everywhere but here. Returns how many sign-ins that were."""
    return SignedIn.objects.filter(user_id=user.pk).exclude(session_key=own_key or "").delete()[0]
