"""Where a page of refusal leads back to: the page that the refused request was sent from."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST = 2000  # characters; a longer address is none of ours


def came_from(request: HttpRequest) -> str:
    """The address, without its host, of the own page that the browser names as the origin; else empty.

    Empty also for a page that was only looked at and names itself: the way back would be the same refusal again.
    """
    named = request.headers.get("Referer", "")
    try:
        own = {request.get_host()}
        parts = urlsplit(named)
    except (DisallowedHost, ValueError):
        return ""
    if not parts.netloc or len(named) > LONGEST:
        return ""
    if not url_has_allowed_host_and_scheme(named, own, require_https=request.is_secure()):
        return ""
    address = parts._replace(scheme="", netloc="", fragment="").geturl()
    return "" if request.method in ("GET", "HEAD") and address == request.get_full_path() else address
