"""One page as it leaves the sandbox."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

LONGEST_PAGE = 50_000  # characters; more on one page is no note


@dataclass(frozen=True, slots=True)
class Page:
    """``source``: ``text`` (was in the file), ``ocr`` (recognised), ``none`` (nobody but a person can read it).

    ``legibility``: mean confidence of the recognition, 0 to 1; None where the text was in the file. ``picture``: the
    page as a JPEG without any active part, where the kind has a look of its own.
    """

    text: str
    source: str
    legibility: float | None = None
    picture: bytes = b""

    def as_dict(self) -> dict[str, Any]:
        return {
            "text": clean(self.text),
            "source": self.source,
            "legibility": self.legibility,
            "picture": base64.b64encode(self.picture).decode(),
        }


def clean(text: str) -> str:
    """Without what no database takes (NUL, lone surrogates), with one kind of line end, cut at ``LONGEST_PAGE``."""
    kept = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "-")
    return kept.encode("utf-8", "ignore").decode()[:LONGEST_PAGE].strip()


def split(text: str) -> list[str]:
    """Pages of a running text: at form feeds, and where a piece is longer than a page may be, at a line end."""
    pages: list[str] = []
    for piece in text.split("\f"):
        rest = piece
        while len(rest) > LONGEST_PAGE:
            cut = rest.rfind("\n", LONGEST_PAGE // 2, LONGEST_PAGE)
            cut = LONGEST_PAGE if cut < 0 else cut
            pages.append(rest[:cut])
            rest = rest[cut:]
        pages.append(rest)
    return [page for page in pages if page.strip()] or [""]
