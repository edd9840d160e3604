"""Readers of the environment that fail loudly: a wrong value stops the start with one line that names the variable."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from clawguard import signing

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off"})
SERVICES_FILE = "services.json"  # where a running `make run` leaves the addresses of its own PostgreSQL and Redis


def text(name: str, default: str = "") -> str:
    """The variable, stripped; empty counts as unset."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool) -> bool:
    value = text(name).lower()
    if not value:
        return default
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}")


def integer(name: str, default: int, least: int = 0) -> int:
    value = text(name)
    if not value:
        return default
    try:
        number = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}") from None
    if number < least:
        raise ImproperlyConfigured(f"{name} must be at least {least}, not {number}")
    return number


def items(name: str, default: str = "") -> list[str]:
    """A comma-separated list, blanks dropped."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(allowed)}, not {value!r}")
    return value


def url(name: str, default: str, schemes: tuple[str, ...]) -> str:
    """An address with one of ``schemes``. The value itself is never repeated: it may hold a password."""
    value = text(name, default)
    if value.partition("://")[0] not in schemes:
        raise ImproperlyConfigured(f"{name} must start with {' or '.join(f'{scheme}://' for scheme in schemes)}")
    return value


def signing_secrets(name: str) -> list[str]:
    """A comma-separated list of ``whsec_…``. The values themselves are never repeated."""
    found = items(name)
    try:
        for secret in found:
            signing.key_of(secret)
    except ValueError as problem:
        raise ImproperlyConfigured(f"{name} cannot be used: {problem}") from None
    return found


def folder(path: Path) -> Path:
    """``path`` as a private folder that exists and can be written."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise ImproperlyConfigured(f"DATA_DIR {path} cannot be used: {problem.strerror}") from None
    if not os.access(path, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(f"DATA_DIR {path} cannot be used: it is not writable")
    return path


def kept_secret(path: Path, make: Callable[[], str] = lambda: secrets.token_urlsafe(48)) -> str:
    """The secret in ``path``, made on first use. Several processes may start at once: the first one to link wins."""
    if not path.exists():
        draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_text(make())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first; its secret is the one that counts
        finally:
            draft.unlink()
    return path.read_text().strip()


def running_services(data_dir: Path) -> dict[str, str]:
    """Addresses of the servers a running ``make run`` started, so that commands typed beside it find them."""
    try:
        found = json.loads((data_dir / SERVICES_FILE).read_text())
    except (OSError, ValueError):
        return {}
    return {str(name): str(address) for name, address in found.items()}
