"""A body that did not come whole reaches no view, whoever swallowed the error it raised.

The check of a form's token is such a one: it reads the form, and where that fails goes on with an empty form and the
token of the header. What a person wrote would be missing from what they did.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, UnreadablePostError

from clawguard.access.faults import answer
from clawguard.access.problems import of_exception
from clawguard.ui import views


class WholeBodies:
    """Stands behind the check of the token."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        return refused(request)


def whole_body(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The same for a view that has the token checked by itself: stands between the check and the view."""

    @functools.wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return refused(request) or view(request, *args, **kwargs)

    return door


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Named by ``CSRF_FAILURE_VIEW``: a token that did not arrive is not missing."""
    return refused(request) or views.csrf_failure(request, reason)


def refused(request: HttpRequest) -> HttpResponse | None:
    """What to answer where the body broke; None where it is whole, or not read yet."""
    error = getattr(request.META.get("wsgi.input"), "broken", None)
    if error is None:
        return None
    unreadable = UnreadablePostError(*error.args)
    unreadable.__cause__ = error
    problem = of_exception(unreadable)
    return None if problem is None else answer(request, problem)
