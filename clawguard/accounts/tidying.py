"""What signing in leaves behind and nobody needs any more: old codes, who asked, known browsers, ended sessions."""

from __future__ import annotations

import datetime as dt

from clawguard.accounts.browser_sessions import SessionStore
from clawguard.accounts.models import KnownDevice, SignInCode, WayInAsked

KEPT = dt.timedelta(days=1)  # longer than the hour over which codes are counted


def forget_expired(now: dt.datetime) -> int:
    """Returns how many of the rows are gone. Sessions end by the machine's own clock, whatever ``now`` is."""
    SessionStore.clear_expired()
    codes = SignInCode.objects.filter(expires_at__lt=now - KEPT).delete()[0]
    asked = WayInAsked.objects.filter(asked_at__lt=now - KEPT).delete()[0]
    return codes + asked + KnownDevice.objects.filter(expires_at__lt=now).delete()[0]
