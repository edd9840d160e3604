"""What every request to the web process has in common: when it arrived, how long a sign-in lasts, and that no browser
keeps a page."""

from __future__ import annotations

import contextlib
import datetime as dt
import ipaddress
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from clawguard.clock import now as read_clock

Answer = Callable[[HttpRequest], HttpResponse]
SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
# What takes longer to arrive counts from its end: else a line held open for a night would beat every due moment.
LONGEST_ARRIVAL = dt.timedelta(minutes=15)
SEEN_EVERY = 60  # seconds between two writes of the same session row


class Arrival:
    """Dates what somebody sends by its first byte. Later would be too late: the CSRF check reads a whole form.

    ``begun`` is that moment by this machine's steady clock, ``begun_at`` by the database's, None where it was away.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            request.begun, request.begun_at = time.monotonic(), None  # type: ignore[attr-defined]
            with contextlib.suppress(DatabaseError):  # the clock is away: if it stays so, the door says it
                request.begun_at = read_clock()  # type: ignore[attr-defined]
        return self.get_response(request)


class SessionLimits:
    """Ends a sign-in after ``SESSION_IDLE_SECONDS`` without a request and ``SESSION_COOKIE_AGE`` in all.

    The age of the cookie alone would not do: every saved change of a session renews it.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._limit(request, time.time())
        return self.get_response(request)

    @staticmethod
    def _limit(request: HttpRequest, moment: float) -> None:
        started = request.session.setdefault(SIGNED_IN_AT, moment)
        seen = request.session.get(SEEN_AT, moment)
        if moment - seen > settings.SESSION_IDLE_SECONDS or moment - started > settings.SESSION_COOKIE_AGE:
            logout(request)
        elif moment - seen >= SEEN_EVERY or SEEN_AT not in request.session:
            request.session[SEEN_AT] = moment


class NoStore:
    """Pages of a signed-in user, and everything the API answers, stay out of every cache."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated or request.path.startswith("/api/"):
            add_never_cache_headers(response)
        return response


def client_address(request: HttpRequest) -> str:
    """Where the request came from, as told by the outermost proxy of ours (``NUM_PROXIES`` of them; 0: nobody else).

    What stands further left in the header is what the client claims about itself, and counts for nothing.
    """
    direct = request.META.get("REMOTE_ADDR", "")
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    if not settings.NUM_PROXIES or len(hops) < settings.NUM_PROXIES:
        return direct
    told = hops[-settings.NUM_PROXIES]
    try:
        return str(ipaddress.ip_address(told))
    except ValueError:
        return direct
