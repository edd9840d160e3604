"""What tells an answer of this installation from another server's: a mark that only holders of its key can make."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

HEADER = "X-Answers-Mark"


def mark(key: str | None = None) -> str:
    """The same in every process; it says nothing about the key, and opens nothing."""
    return salted_hmac("clawguard.installation", "mark", secret=key, algorithm="sha256").hexdigest()[:32]


def is_ours(given: str) -> bool:
    """Whether a mark is this installation's, under its key or a former one that is being phased out."""
    return any(constant_time_compare(given, mark(key)) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


class Marked:
    """Puts the mark on every answer, redirects and files of the pages included: the watch looks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response, self.mark = get_response, mark()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response[HEADER] = self.mark
        return response
