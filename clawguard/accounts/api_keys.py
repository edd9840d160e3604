"""API keys: made, found, rotated, revoked. The secret leaves here once; afterwards only its digest is known."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets

from django.db import connection

from clawguard.accounts.models import ApiKey

SCOPES = frozenset(
    {
        "sessions:write",
        "sessions:read",
        "notes:read",
        "notes:write",
        "cases:read",
        "cases:write",
        "remittances:write",
        "webhooks:manage",
        "reports:read",
        "admin",
    }
)
LONGEST = dt.timedelta(days=90)
MARK = "cg"  # lets secret scanners recognise a leaked key: cg_<prefix>_<secret>


class UnknownScope(ValueError):
    pass


def _digest(secret: str) -> str:
    # A 256-bit random secret needs no slow hash: there is nothing to guess.
    return hashlib.sha256(secret.encode()).hexdigest()


def create(name: str, scopes: set[str], now: dt.datetime, lifetime: dt.timedelta = LONGEST) -> tuple[ApiKey, str]:
    """A new key and its secret, which is shown this once. Raises UnknownScope; a lifetime is at most 90 days."""
    unknown = scopes - SCOPES
    if unknown or not scopes:
        raise UnknownScope(", ".join(sorted(unknown)) or "no scope given")
    prefix, secret = secrets.token_hex(6), secrets.token_hex(32)
    key = ApiKey.objects.create(
        name=name,
        prefix=prefix,
        digest=_digest(secret),
        scopes=sorted(scopes),
        created_at=now,
        expires_at=now + min(lifetime, LONGEST),
    )
    return key, f"{MARK}_{prefix}_{secret}"


def find(presented: str, now: dt.datetime) -> ApiKey | None:
    """The living key behind what was presented, its last use noted; ``None`` for anything else."""
    mark, _, rest = presented.partition("_")
    prefix, _, secret = rest.partition("_")
    if mark != MARK or not prefix.isascii() or not secret.isascii() or len(presented) > 200 or "\0" in presented:
        return None
    key = ApiKey.objects.filter(prefix=prefix, revoked_at__isnull=True, expires_at__gt=now).first()
    if key is None or not hmac.compare_digest(key.digest, _digest(secret)):
        return None
    if key.last_used_at is None or now - key.last_used_at > dt.timedelta(minutes=1):
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=now)
    return key


def count_use(key: ApiKey, now: dt.datetime) -> int:
    """How many requests this key has made in the current minute, this one included; counted atomically."""
    minute = now.replace(second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_keyuse (api_key_id, minute, requests) VALUES (%s, %s, 1)"
            " ON CONFLICT (api_key_id) DO UPDATE SET minute = excluded.minute,"
            " requests = CASE WHEN accounts_keyuse.minute = excluded.minute"
            " THEN accounts_keyuse.requests + 1 ELSE 1 END"
            " RETURNING requests",
            [key.pk, minute],
        )
        return int(cursor.fetchone()[0])


def revoke(key: ApiKey, now: dt.datetime) -> None:
    ApiKey.objects.filter(pk=key.pk, revoked_at__isnull=True).update(revoked_at=now)
