"""Once somebody has shown who they are: they are in, or a browser new to them needs a mailed code first."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from clawguard.accounts import asking, devices, sign_in
from clawguard.accounts.browser_sessions import BROWSER
from clawguard.accounts.models import SignInLink, User

BACKEND = "django.contrib.auth.backends.ModelBackend"
OPENS = "opens"  # in the session: ids of the only requests this sign-in opens
WAITING = "waiting_for_code"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sign-in that waits for its code, as the browser's session holds it; no ``user``: nobody has that address.

    ``wanted`` is a digest of the address that was named; ``proven``: more than its name was shown.
    """

    user: str
    onward: str
    browser: str
    link: int | None = None
    wanted: str = ""
    proven: bool = False


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

    A link is used up only by coming in, so that a battery that dies in between costs nothing. Who is in already stays
    in, with all that was open to them: another sign-in would end what they type in other tabs. Raises LinkSpent.
    """
    if link is not None and _stays_in(request, user, link):
        sign_in.consume(link, now)
        if before := opens(request):
            request.session[OPENS] = list(dict.fromkeys([*before, *map(str, link.opens)]))
        return redirect(onward)
    if not settings.NEW_DEVICE_CODE or devices.is_known(request, user, now):
        if link is not None:
            sign_in.consume(link, now)
        enter(request, user, link.opens if link is not None else ())
        return redirect(onward)
    try:
        wait_for_code(request, user, user.email, onward, now, link=link, proven=True)
    except asking.TooManyAsked as full:
        return full_page(request, full, now)
    return redirect("sign-in-code")


def _stays_in(request: HttpRequest, user: User, link: SignInLink) -> bool:
    """Whether the same person is signed in here, and needs no other sign-in for what the link opens."""
    return request.user == user and (not opens(request) or bool(link.opens))


def wait_for_code(
    request: HttpRequest,
    user: User | None,
    named: str,
    onward: str,
    now: dt.datetime,
    *,
    link: SignInLink | None = None,
    mail_link: bool = False,
    proven: bool = False,
) -> None:
    """Have a code mailed (with ``mail_link`` a link too), and remember in the browser's session whom it wants to be;
    nobody is signed in by that. Raises TooManyAsked; what the browser waited for before then stands."""
    browser, wanted = sign_in.digest(secrets.token_urlsafe(32)), asking.digest(named.lower())
    row = Waiting(str(user.pk) if user else "", onward, browser, link.pk if link else None, wanted, proven)
    asking.ask(request, user, wanted, browser, now, link_to=onward if mail_link else "", proven=proven)
    request.session[WAITING] = asdict(row)


def waiting(request: HttpRequest) -> Waiting | None:
    given: dict[str, Any] | None = request.session.get(WAITING)
    return Waiting(**given) if given else None


def full_page(request: HttpRequest, full: asking.TooManyAsked, now: dt.datetime) -> HttpResponse:
    """Nothing was mailed, and when more will be. The same for an address that nobody has."""
    seconds = max(1, int((full.until - now).total_seconds()))
    shown = {"minutes": full.minutes(now), "waits": waiting(request) is not None}
    answer = render(request, "accounts/too_many.html", shown, status=429)
    answer["Retry-After"] = str(seconds)
    return answer


def finish(request: HttpRequest, row: Waiting, user: User, now: dt.datetime) -> HttpResponse:
    """In, after the right code, and the browser is known from now on. Raises LinkSpent."""
    link = SignInLink.objects.filter(pk=row.link).first() if row.link else None
    if link is not None:
        sign_in.consume(link, now)
    enter(request, user, link.opens if link is not None else ())
    answer = redirect(row.onward)
    devices.remember(request, answer, user, now)
    return answer
