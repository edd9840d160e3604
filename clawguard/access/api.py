"""The REST door: authentication, the moment, one error shape, and strict reading of what was sent."""

from __future__ import annotations

import datetime as dt
import logging
import traceback
from typing import Any

from django.conf import settings
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from clawguard.access.authentication import BearerKey, BrowserSession
from clawguard.access.body import LARGEST, ROOM_FOR_FORM, raw_body, read_body, refuse_beyond, refuse_words
from clawguard.access.idempotency import idempotent, idempotent_after
from clawguard.access.lists import cursor_page, query, then_by_id
from clawguard.access.pages import arrived
from clawguard.access.problems import Problem, not_open_to_key, of_exception
from clawguard.accounts import api_keys
from clawguard.accounts.actors import Actor, of_api_key, of_user
from clawguard.accounts.models import ApiKey, User

__all__ = [
    "ApiView",
    "cursor_page",
    "etag_of",
    "idempotent",
    "idempotent_after",
    "query",
    "raw_body",
    "read_body",
    "refuse_words",
    "require_match",
    "then_by_id",
]

log = logging.getLogger(__name__)


class AlwaysJson(BaseContentNegotiation):
    """The API speaks JSON whatever the Accept header hopes for; views that send files do so themselves."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


class ApiView(APIView):
    """Base of every REST view. ``self.actor`` asks; ``self.now`` is the moment; of what is sent, when it arrived."""

    authentication_classes = [BearerKey, BrowserSession]
    content_negotiation_class = AlwaysJson
    largest_body = LARGEST  # bytes; a form with a file may have a little more
    http_method_names = ["get", "post", "patch", "delete", "head", "options"]

    actor: Actor
    now: dt.datetime

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.now = arrived(request)
        if isinstance(request.auth, ApiKey):
            self._limit_rate(request.auth)
            self.actor = of_api_key(request.auth)
        elif isinstance(request.user, User):
            self.actor = of_user(request.user)
        refuse_beyond(request.META.get("CONTENT_LENGTH") or "0", self.largest_body + ROOM_FOR_FORM)

    def _limit_rate(self, key: ApiKey) -> None:
        if api_keys.count_use(key, self.now) > settings.API_REQUESTS_PER_MINUTE:
            wait = str(60 - self.now.second)
            detail = f"Wait {wait} seconds. A key may make {settings.API_REQUESTS_PER_MINUTE} requests a minute."
            raise Problem(429, "too_many_requests", "Too many requests", detail, headers={"Retry-After": wait})

    def handle_exception(self, exc: Exception) -> Response:
        problem = of_exception(exc)
        if problem is not None and problem.status == 403 and isinstance(self.request.auth, ApiKey):
            problem = not_open_to_key()
        if problem is None:
            # The message may hold what was sent; the type and the place may be logged.
            place = traceback.extract_tb(exc.__traceback__)[-1]
            log.error("api.fault", extra={"error": type(exc).__name__, "place": f"{place.name}:{place.lineno}"})
            problem = Problem(500, "fault", "Something went wrong on our side", "Nothing was changed. Try again.")
        log.info("api.refused", extra={"status": problem.status, "code": problem.code})
        return Response(
            problem.as_dict(), problem.status, headers=problem.headers, content_type="application/problem+json"
        )


def etag_of(*parts: object) -> str:
    """A strong ETag from whatever changes when the resource does (revision, status, moment of change)."""
    return '"' + "-".join(str(part) for part in parts).replace('"', "") + '"'


def require_match(request: Request, etag: str) -> None:
    """Refuse a change made against another version than the one that stands now."""
    sent = request.META.get("HTTP_IF_MATCH", "")
    if not sent:
        raise Problem(428, "if_match_missing", "Say which version you change", "Send the resource's ETag as If-Match.")
    if sent not in ("*", etag):
        raise Problem(412, "version_lost", "Somebody changed this first", "Fetch it again and repeat your change.")
