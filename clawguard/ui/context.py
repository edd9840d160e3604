"""What every page knows: the network's name, the reader's way around, the commands of the palette."""

from __future__ import annotations

import functools
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from clawguard.ui.keys import GROUPS

THEMES = frozenset({"light", "dark"})
STYLESHEETS = (
    "css/tokens.css",
    "css/base.css",
    "css/layout.css",
    "css/forms.css",
    "css/tables.css",
    "css/components.css",
    "css/casework.css",
    "css/overlays.css",
    "css/print.css",
)

STAFF = frozenset({"billing", "lead", "auditor"})
WORKERS = frozenset({"billing", "lead"})
PROVIDER = frozenset({"provider"})
ANSWERING = PROVIDER | {"delegate"}
OVERSEERS = frozenset({"lead", "auditor"})
OPERATORS = frozenset({"lead", "admin"})
EVERYBODY = STAFF | PROVIDER | {"admin"}


@dataclass(frozen=True, slots=True)
class Place:
    """A page people go to by name. ``keys`` is the two-key chord that opens it for staff."""

    label: str
    url_name: str
    icon: str
    roles: frozenset[str]
    keys: str = ""
    holds: tuple[str, ...] = ()  # further addresses that belong to this place
    seldom: bool = False  # not a place of every day: behind "More" for those who have many places


PLACES = (
    Place("Triage", "triage", "inbox", STAFF, "g t", ("/cases/", "/disputes")),
    Place("Sessions", "sessions", "list", STAFF, "g s"),
    Place("Patterns", "patterns", "eye", STAFF, "g p"),
    Place("Requests", "request-list", "mail", STAFF, "g r"),
    Place("Imports", "imports", "upload", WORKERS, "g i"),
    Place("Requests", "requests", "inbox", ANSWERING, holds=("/my/",)),
    Place("Check a note", "precheck", "check", PROVIDER),
    Place("Check a session", "check-before-submit", "check-circle", WORKERS | PROVIDER, "g v"),
    Place("Adjustments", "adjustments", "money", STAFF | PROVIDER, "g a"),
    Place("Remittances", "remittances", "file", STAFF, "g m", seldom=True),
    Place("Library", "library", "book", STAFF | PROVIDER, "g e", seldom=True),
    Place("Wordings", "templates", "file", STAFF, "g w", ("/message-templates",), seldom=True),
    Place("Checks", "checks", "book", EVERYBODY, "g c", seldom=True),
    Place("Policies", "payer-policies", "scale", STAFF | {"admin"}, "g l", ("/rule-packs", "/backtests"), seldom=True),
    Place("Code tables", "code-tables", "columns", OVERSEERS, "g k", seldom=True),
    Place("Business days", "calendar", "calendar", STAFF | {"admin"}, "g d", ("/outages",), seldom=True),
    Place("Webhooks", "webhooks", "send", frozenset({"admin", "auditor"}), "g h", seldom=True),
    Place("Background work", "deliveries", "history", OPERATORS, "g b", seldom=True),
)
ROW = 6  # places that fit beside the search on a small screen
# What the palette looks for when no command has the words that were typed: label, page, its parameter.
SEARCHES = (("Session with id", "sessions", "external_id"), ("Sessions of provider", "sessions", "provider"))


def address(url_name: str) -> str | None:
    """The page's address, or None where its app is not mounted (a deployment may leave parts out)."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None


def places_for(role: str) -> list[tuple[Place, str]]:
    found = [(place, address(place.url_name)) for place in PLACES if role in place.roles]
    return [(place, url) for place, url in found if url is not None]


def _where(path: str, place: Place, url: str) -> str:
    """The value of ``aria-current``: ``page`` on the page itself, ``true`` on the pages that belong to it."""
    if path == url:
        return "page"
    return "true" if path.startswith((url.rstrip("/") + "/", *place.holds)) else ""


def in_a_row(found: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The places in a row, and those that fold away because there are too many for one."""
    many = len(found) > ROW
    folded = [place for place in found if many and place["seldom"]]
    return {"row": [place for place in found if place not in folded], "folded": folded}


def ui(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Everything that needs the reader is a function, called only by templates that show it: an
    error page must be drawable while the database is away.
    """

    @functools.cache
    def places() -> list[tuple[Place, str]]:
        return places_for(getattr(getattr(request, "user", None), "role", ""))

    def nav() -> list[dict[str, Any]]:
        return [asdict(place) | {"url": url, "current": _where(request.path, place, url)} for place, url in places()]

    def commands() -> list[dict[str, Any]]:
        if getattr(request.user, "role", "") not in STAFF:
            return []
        go = [
            {"label": f"Go to {place.label.lower()}", "url": url, "keys": place.keys, "icon": place.icon}
            for place, url in places()
        ]
        find = [
            {"label": label, "url": f"{url}?{parameter}=", "keys": "", "icon": "search", "asks": True}
            for label, page, parameter in SEARCHES
            if (url := address(page))
        ]
        return go + find

    chosen = request.COOKIES.get("theme", "")
    return {
        "NETWORK_NAME": settings.NETWORK_NAME,
        "DEMO": settings.DEMO,
        "theme": chosen if chosen in THEMES else "",
        "stylesheets": STYLESHEETS,
        "idle_seconds": settings.SESSION_IDLE_SECONDS,
        "nav": nav,
        "nav_row": lambda: in_a_row(nav()),
        "commands": commands,
        "shortcuts": GROUPS,
    }
