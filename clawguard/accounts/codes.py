"""Mailed codes: the second step on a new browser, and the way in where a link does not reach the right device.

A code belongs to the browser that asked for it: nobody else's tries count against it, and it opens nothing elsewhere.
"""

from __future__ import annotations

import datetime as dt
import secrets
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from clawguard.accounts.models import SignInCode, User

LIFETIME = dt.timedelta(minutes=10)
DIGITS = 8
MOST_TRIES = 5


def _digest(browser: str, code: str) -> str:
    # Keyed: eight digits could be found from a plain digest in a second.
    return salted_hmac("clawguard.sign-in-code", f"{browser}|{code}", algorithm="sha256").hexdigest()


@transaction.atomic
def issue(user: User, browser: str, now: dt.datetime) -> str:
    """A new code for ``user`` in ``browser``; earlier ones of that browser end. How many is for ``asking`` to say."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    SignInCode.objects.filter(user=user, browser=browser, used_at=None).update(used_at=now)
    SignInCode.objects.create(
        user=user, browser=browser, digest=_digest(browser, code), created_at=now, expires_at=now + LIFETIME
    )
    return code


def check(user_id: UUID | str, browser: str, typed: str, now: dt.datetime) -> bool:
    """Whether ``typed`` is the code; then it is used up. Every look counts as a try before it is compared."""
    code = "".join(char for char in typed if char.isascii() and char.isdigit())
    open_ones = SignInCode.objects.filter(
        user_id=user_id, browser=browser, used_at=None, expires_at__gt=now, tries__lt=MOST_TRIES
    )
    row = open_ones.order_by("-created_at").first()
    if row is None or not open_ones.filter(pk=row.pk).update(tries=F("tries") + 1):
        return False
    if not constant_time_compare(row.digest, _digest(browser, code)):
        return False
    return bool(SignInCode.objects.filter(pk=row.pk, used_at=None).update(used_at=now))


def spaced(code: str) -> str:
    """As it is read most easily: two groups of four."""
    return f"{code[: DIGITS // 2]} {code[DIGITS // 2 :]}"
