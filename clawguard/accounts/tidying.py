"""What signing in leaves behind and nobody needs any more: old codes, browsers no longer known, sessions that ended."""

from __future__ import annotations

import datetime as dt

from clawguard.accounts.browser_sessions import SessionStore
from clawguard.accounts.models import KnownDevice, SignInCode

KEPT = dt.timedelta(days=1)  # longer than the hour over which codes are counted


def forget_expired(now: dt.datetime) -> int:
    """Returns how many codes and browsers are gone. Sessions end by the machine's own clock, whatever ``now`` is."""
    SessionStore.clear_expired()
    codes = SignInCode.objects.filter(expires_at__lt=now - KEPT).delete()[0]
    return codes + KnownDevice.objects.filter(expires_at__lt=now).delete()[0]
