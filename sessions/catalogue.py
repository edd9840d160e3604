"""The catalogue of checks as people read it: search, and each check's page from docs/checks."""

from __future__ import annotations

import re
from functools import lru_cache

import markdown
from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from clawguard.domain.checks import ALL, CheckInfo
from clawguard.events.errors import NotFound

FOLDER = settings.BASE_DIR / "docs" / "checks"
EXTENSIONS = ["tables", "sane_lists"]


def catalogue(text: str = "", category: str = "", severity: str = "") -> list[CheckInfo]:
    """Checks in order of id. Every word of ``text`` must occur in id, title, summary, category or codes."""
    words = text.lower().split()
    rows = [info for _, info in sorted(ALL.items())]
    return [
        info
        for info in rows
        if (not category or info.category == category)
        and (not severity or info.severity == severity)
        and all(word in _searchable(info.id) for word in words)
    ]


def categories() -> list[str]:
    return sorted({info.category for info in ALL.values()})


@lru_cache(maxsize=512)
def _searchable(check_id: str) -> str:
    info = ALL[check_id]
    codes = " ".join(sorted(info.codes or ()))
    return f"{info.id} {info.title} {info.summary} {info.category} {codes}".lower()


def get_check(check_id: str) -> CheckInfo:
    """Raises NotFound."""
    info = ALL.get(check_id.upper())
    if info is None:
        raise NotFound
    return info


@lru_cache(maxsize=512)
def article(check_id: str) -> SafeString:
    """The check's page as HTML, without its first heading; empty where nothing is written.

    The pages are part of the source. They are escaped all the same, so that a stray tag shows as text.
    """
    path = FOLDER / f"{check_id}.md"
    if check_id not in ALL or not path.is_file():
        return SafeString("")
    text = re.sub(r"\A# .*\n", "", path.read_text(encoding="utf-8"))
    safe = escape(text).replace("&gt;", ">").replace("&quot;", '"').replace("&#x27;", "'")
    return mark_safe(markdown.markdown(safe, extensions=EXTENSIONS))  # noqa: S308 — escaped above
