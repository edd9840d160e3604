"""Who calls the API: a program with a key, or a person signed in at the browser."""

from __future__ import annotations

import copy
from typing import Any

from django.http import QueryDict
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from clawguard.access.problems import Problem
from clawguard.accounts import api_keys
from clawguard.accounts.models import ApiKey
from clawguard.clock import now as read_clock


class Program:
    """The principal behind an API key, in the shape Django REST framework asks for."""

    is_authenticated = True
    is_active = True

    def __init__(self, key: ApiKey) -> None:
        self.key = key


class BearerKey(BaseAuthentication):
    """``Authorization: Bearer <key>``, in that header only: a key in an address would end up in logs."""

    def authenticate(self, request: Request) -> tuple[Program, ApiKey] | None:
        header = request.META.get("HTTP_AUTHORIZATION", "")
        if not header:
            return None
        if request._request.user.is_authenticated:
            raise Problem(400, "two_identities", "Send a key or a browser session, not both")
        scheme, _, secret = header.partition(" ")
        key = api_keys.find(secret.strip(), read_clock()) if scheme.lower() == "bearer" else None
        if key is None:
            raise AuthenticationFailed
        return Program(key), key

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class BrowserSession(SessionAuthentication):
    """A signed-in person; writes need the CSRF token, in the header ``X-CSRFToken``."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        user = getattr(request._request, "user", None)
        if user is None or not user.is_active or not user.is_authenticated:
            return None
        self.enforce_csrf(request)
        return user, None

    def enforce_csrf(self, request: Any) -> None:
        """Without looking into the body: it is read by the door, which knows what it is and how long it may be."""
        bare = copy.copy(request._request)
        bare.POST = QueryDict()
        super().enforce_csrf(bare)
