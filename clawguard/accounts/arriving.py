"""Once somebody has shown who they are: they are in, or a browser new to them needs a mailed code first."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from clawguard.accounts import devices, sign_in
from clawguard.accounts.browser_sessions import BROWSER
from clawguard.accounts.models import SignInLink, User
from clawguard.accounts.tasks import mail_sign_in_code

BACKEND = "django.contrib.auth.backends.ModelBackend"
OPENS = "opens"  # in the session: ids of the only requests this sign-in opens
WAITING = "waiting_for_code"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sign-in that waits for its code, as the browser's session holds it; no ``user``: nobody has that address."""

    user: str
    onward: str
    browser: str
    link: int | None = None


def enter(request: HttpRequest, user: User, opens: Iterable[object] = ()) -> None:
    """Sign ``user`` in on a fresh session: nothing of what the browser held before is carried over."""
    only = [str(one) for one in opens]
    logout(request)
    login(request, user, backend=BACKEND)
    request.session[BROWSER] = devices.label(request.headers.get("User-Agent", ""))
    if only:
        request.session[OPENS] = only


def opens(request: HttpRequest) -> list[str]:
    """Ids of the only requests this sign-in opens; empty: no limit."""
    found: list[str] = request.session.get(OPENS, [])
    return found


def arrive(
    request: HttpRequest, user: User, onward: str, now: dt.datetime, link: SignInLink | None = None
) -> HttpResponse:
    """In, where the browser is known to belong to ``user``; else to the page that asks for the code mailed just now.

    A link is used up only by coming in, so that a battery that dies in between costs nothing. Raises LinkSpent.
    """
    if not settings.NEW_DEVICE_CODE or devices.is_known(request, user, now):
        if link is not None:
            sign_in.consume(link, now)
        enter(request, user, link.opens if link is not None else ())
        return redirect(onward)
    waiting = wait_for_code(request, user, onward, link)
    mail_sign_in_code.delay(waiting.user, waiting.browser)
    return redirect("sign-in-code")


def wait_for_code(request: HttpRequest, user: User | None, onward: str, link: SignInLink | None = None) -> Waiting:
    """Remember in the browser's session whom it wants to be; nobody is signed in by that."""
    browser = sign_in.digest(secrets.token_urlsafe(32))
    row = Waiting(str(user.pk) if user else "", onward, browser, link.pk if link else None)
    request.session[WAITING] = {"user": row.user, "onward": onward, "browser": browser, "link": row.link}
    return row


def waiting(request: HttpRequest) -> Waiting | None:
    given: dict[str, Any] | None = request.session.get(WAITING)
    return Waiting(**given) if given else None


def finish(request: HttpRequest, row: Waiting, user: User, now: dt.datetime) -> HttpResponse:
    """In, after the right code, and the browser is known from now on. Raises LinkSpent."""
    link = SignInLink.objects.filter(pk=row.link).first() if row.link else None
    if link is not None:
        sign_in.consume(link, now)
    enter(request, user, link.opens if link is not None else ())
    answer = redirect(row.onward)
    devices.remember(request, answer, user, now)
    return answer
