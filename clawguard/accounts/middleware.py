"""Shows every moment in the reader's own time zone, and keeps a sign-in by link to what the link was for."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from clawguard.accounts import arriving, limits
from clawguard.accounts.actors import standing_delegations
from clawguard.accounts.models import Role, User


class ReadersTimeZone:
    """A provider's practice zone, for a delegate that of whom they stand for, the office's for staff."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and not request.path.startswith("/api/"):
            with timezone.override(zoneinfo.ZoneInfo(_zone_of(request.user))):
                return self.get_response(request)
        return self.get_response(request)


def _zone_of(user: User) -> str:
    provider = user.provider
    if user.role == Role.DELEGATE:
        first = standing_delegations(user.pk).select_related("provider").order_by("accepted_at").first()
        provider = first.provider if first else None
    return provider.time_zone if provider else str(settings.STAFF_TIME_ZONE)


class LimitedSignIn:
    """Whoever came by a link to one request reaches its pages and nothing else, whatever their role could reach."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: Any) -> HttpResponse | None:
        if not request.user.is_authenticated or not arriving.opens(request):
            return None
        found = request.resolver_match
        if found is not None and found.url_name in limits.PAGES:
            return None
        if request.path.startswith("/api/") or request.headers.get("Accept") == "application/json":
            refusal = {
                "title": "Not by this link",
                "status": 403,
                "code": "limited_sign_in",
                "detail": "Sign in first.",
            }
            return JsonResponse(refusal, status=403, content_type="application/problem+json")
        return render(request, "accounts/limited.html", {"next": request.get_full_path()}, status=403)
