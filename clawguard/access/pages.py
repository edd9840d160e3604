"""The HTML door: signed-in people only, and refusals as pages in the same words as the API's."""

from __future__ import annotations

import datetime as dt
import functools
import logging
import time
from collections.abc import Callable
from typing import Any, Concatenate

from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from clawguard.access.faults import page_of
from clawguard.access.problems import Problem, of_exception
from clawguard.accounts import arriving
from clawguard.accounts.actors import Actor, of_user
from clawguard.accounts.models import User
from clawguard.clock import now as read_clock
from clawguard.middleware import LONGEST_ARRIVAL

log = logging.getLogger(__name__)


class PageRequest(HttpRequest):
    """What a page receives: the request with who asks and the moment, read once.

    ``now`` of what somebody sends is when its first byte arrived; scripts' doors ask ``first_byte`` for that.
    """

    actor: Actor
    now: dt.datetime
    user: User  # pages are for those who are signed in
    htmx: HtmxDetails


View = Callable[Concatenate[Any, ...], HttpResponse]


def page(view: View) -> View:
    """Turn ``view(request, …)`` into a page for signed-in people; ``request.actor`` and ``request.now`` are set.

    A refusal raised by a service becomes its page, and whatever the view had written by then is rolled back.
    """

    @functools.wraps(view)
    def door(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        request.actor, request.now = of_user(request.user, arriving.opens(request)), arrived(request)
        try:
            with transaction.atomic():
                return view(request, *args, **kwargs)
        except Exception as error:
            problem = of_exception(error)
            if problem is None:
                raise
            return problem_page(request, problem)

    return door


def arrived(request: Any) -> dt.datetime:
    """When what was sent began to arrive; now, for a request that brings nothing or takes longer than
    ``LONGEST_ARRIVAL``. Ask once the body is read."""
    begun = getattr(request, "begun", None)
    if begun is None or time.monotonic() - begun > LONGEST_ARRIVAL.total_seconds():
        return read_clock()
    return first_byte(request)


def first_byte(request: Any) -> dt.datetime:
    """When the first byte of what was sent arrived. Where the database's clock was away at that moment and is back, by
    how long ago that was on this machine."""
    if request.begun_at is None:
        request.begun_at = read_clock() - dt.timedelta(seconds=time.monotonic() - request.begun)
    found: dt.datetime = request.begun_at
    return found


def problem_page(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The problem on a page that says what to do next."""
    log.info("page.refused", extra={"status": problem.status, "code": problem.code})
    own = {400, 403, 404}
    template = f"errors/{problem.status}.html" if problem.status in own else "errors/problem.html"
    return page_of(request, problem, template)
