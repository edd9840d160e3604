"""Keys that encrypt notes at rest: 256 random bits each, as URL-safe base64, listed newest first in ``NOTE_KEYS``."""

from __future__ import annotations

import base64
import binascii
import secrets

KEY_BYTES = 32


def make() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def is_usable(key: str) -> bool:
    """Whether ``key`` decodes to exactly 256 bits."""
    try:
        return len(base64.urlsafe_b64decode(key)) == KEY_BYTES
    except (binascii.Error, ValueError):
        return False
