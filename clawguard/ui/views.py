"""The page that saves what was typed when a form's token no longer fits, and the style page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from clawguard.clock import now as read_clock
from clawguard.ui import style

SECRET_FIELDS = frozenset({"csrfmiddlewaretoken", "password", "current", "new", "again"})
FOREIGN = {
    "title": "This form did not come from here",
    "detail": "Open the page you wanted from your first page and send it again from there.",
}
LONG = 40  # characters from which a value was surely typed by a person and is worth showing


def _typed(request: HttpRequest) -> list[dict[str, Any]]:
    return [
        {"name": name, "value": value, "label": name.replace("_", " ").capitalize(), "long": len(value) > LONG}
        for name, values in request.POST.lists()
        if name not in SECRET_FIELDS
        for value in values
    ]


def _ours(request: HttpRequest) -> bool:
    """Whether the form stood on a page of ours. A page elsewhere must not get a ready-made button from us."""
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form sent after its sign-in ended: the typed text comes back, ready to be sent again. Never cached."""
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"title": "You were signed out", "detail": "Sign in and send this again."}, status=403)
    if not _ours(request):
        return render(request, "errors/403.html", {"problem": FOREIGN}, status=403)
    shown = {
        "typed": _typed(request),
        "path": request.get_full_path(),
        "had_files": bool(request.FILES),
        "signed_in": request.user.is_authenticated,
    }
    answer = render(request, "errors/csrf.html", shown, status=403)
    add_never_cache_headers(answer)
    return answer


@require_safe
def style_page(request: HttpRequest) -> HttpResponse:
    """Every part in every state, for those who build pages and for the browser tests. Absent in production."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    shell = "provider" if request.GET.get("as") == "provider" else "staff"
    return render(request, f"ui/style_{shell}.html", style.samples(read_clock()))
