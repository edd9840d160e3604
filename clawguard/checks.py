"""Start-up checks: with ``CLAWGUARD_ENV=production`` an unsafe value refuses to start instead of serving badly.

Each check has an id that docs/deploy.md explains. Django runs them before every command. WSGI servers know nothing of
them and Celery would run them without looking at the answer, so clawguard/apps.py calls ``refuse_unsafe`` for those.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from clawguard import note_keys

MIN_SECRET = 50  # characters; Django's own recommendation


def _error(number: int, message: str, hint: str) -> Error:
    return Error(message, hint=hint, id=f"clawguard.E{number:03d}")


@register(Tags.security)
def unsafe_production(**_: object) -> list[CheckMessage]:
    """Every unsafe value at once, so that an operator mends them in one go."""
    if not settings.PRODUCTION:
        return []
    return [*_secrets(), *_web(), *_servers()]


def refuse_unsafe() -> None:
    """Raises ImproperlyConfigured naming every unsafe value in one line."""
    problems = unsafe_production()
    if problems:
        told = "; ".join(f"{problem.id}: {problem.msg} {problem.hint}" for problem in problems)
        raise ImproperlyConfigured(f"refusing to start: {told}")


def _secrets() -> Iterator[CheckMessage]:
    if len(settings.SECRET_KEY) < MIN_SECRET or len(set(settings.SECRET_KEY)) < 5:
        yield _error(1, "SECRET_KEY is missing or too weak.", f"Set at least {MIN_SECRET} random characters.")
    if not settings.NOTE_KEYS or not all(note_keys.is_usable(key) for key in settings.NOTE_KEYS):
        yield _error(2, "NOTE_KEYS holds no usable key.", "Set 32 random bytes as URL-safe base64, newest first.")
    if settings.MOVABLE_CLOCK:
        yield _error(3, "MOVABLE_CLOCK lets deadlines be moved.", "Leave it unset in production.")
    if settings.DEMO:
        yield _error(4, "DEMO would load invented people with known passwords.", "Leave it unset in production.")


def _web() -> Iterator[CheckMessage]:
    if settings.DEBUG:
        yield _error(5, "DEBUG prints client data on error pages.", "Leave DEBUG unset in production.")
    if not settings.ALLOWED_HOSTS or any("*" in host for host in settings.ALLOWED_HOSTS):
        yield _error(6, "ALLOWED_HOSTS is empty or holds a wildcard.", "Name each host, separated by commas.")
    if not settings.PUBLIC_URL.startswith("https://"):
        yield _error(7, "PUBLIC_URL is not an https address.", "It is the address that links in e-mails lead to.")
    if not settings.SECURE_SSL_REDIRECT:
        yield _error(8, "SECURE_SSL_REDIRECT is off.", "Plain http would carry sign-ins and client data.")
    if not settings.NEW_DEVICE_CODE:
        yield _error(12, "NEW_DEVICE_CODE is off.", "A forwarded mail would open client data in anybody's browser.")


def _servers() -> Iterator[CheckMessage]:
    database = urlsplit(settings.DATABASE_URL)
    mode = parse_qs(database.query).get("sslmode", [""])[0]
    if _is_remote(database.hostname) and mode not in {"require", "verify-ca", "verify-full"}:
        yield _error(9, "DATABASE_URL leaves this host without TLS.", "Add ?sslmode=verify-full.")
    broker = urlsplit(settings.REDIS_URL)
    if _is_remote(broker.hostname) and broker.scheme != "rediss" and not broker.password:
        yield _error(10, "REDIS_URL leaves this host without a password.", "Use rediss:// or give a password.")
    scanner = urlsplit(settings.CLAMAV_URL)
    if scanner.scheme == "tcp" and _is_remote(scanner.hostname):
        yield _error(13, "CLAMAV_URL leaves this host.", "clamd knows no TLS: note files would travel in the clear.")
    if settings.EMAIL_BACKEND.endswith(("filebased.EmailBackend", "console.EmailBackend", "dummy.EmailBackend")):
        yield _error(11, "EMAIL_BACKEND delivers nothing.", "Set django.core.mail.backends.smtp.EmailBackend.")


def _is_remote(host: str | None) -> bool:
    """Whether the name leads off this host and its private network segment; a bare container name stays inside."""
    if not host or host == "localhost" or ("." not in host and ":" not in host):
        return False
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return True


@register(Tags.security)
def no_scanner(**_: object) -> list[CheckMessage]:
    """Not refused: a network may scan elsewhere. Pages say that files are not scanned."""
    if not settings.PRODUCTION or settings.CLAMAV_URL:
        return []
    hint = "Set CLAMAV_URL to a clamd on this host; see docs/notes-intake.md."
    message = "CLAMAV_URL is not set: note files are not scanned for viruses."
    return [checks.Warning(message, hint=hint, id="clawguard.W001")]


@register()
def database_driver(**_: object) -> list[CheckMessage]:
    """Django takes psycopg 3 whenever it can be imported; the row locks and time-outs here are proven on psycopg 2."""
    if getattr(connection, "vendor", "") != "postgresql":
        return [_error(20, "The database is not PostgreSQL.", "Row locks and constraints need it.")]
    if "psycopg.pq" in _loaded_driver():
        return [_error(21, "psycopg 3 is installed and replaced psycopg 2.", "Remove the package that brought it.")]
    return []


def _loaded_driver() -> str:
    from django.db.backends.postgresql import psycopg_any

    return "psycopg.pq" if psycopg_any.is_psycopg3 else "psycopg2"
