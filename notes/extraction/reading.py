"""One job of the sandbox: look at a file, or read pages of it until the time given is over."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import Any

from notes.extraction import health_records, ocr, pdf, pictures, word
from notes.extraction.kinds import CCDA, DOCX, FHIR, IMAGES, PDF, SHORT, TEXT, decode
from notes.extraction.page import Page, clean, split
from notes.extraction.refusing import MOST_PAGES, Unreadable

OPENING = 6_000  # characters by which a text shows what it calls itself


def look(content: bytes, kind: str) -> dict[str, Any]:
    """Whether a file can be opened at all: ``pages`` and how its text opens. Raises Unreadable."""
    content, kind = unwrapped(content, kind)
    if kind == PDF:
        count, opening = pdf.look(content)
    elif kind == DOCX:
        count, opening = word.look(content)
    elif kind in IMAGES:
        pictures.load(content)
        count, opening = 1, ""
    else:
        texts = [page.text for page in _textual(content, kind)]
        count, opening = len(texts), texts[0]
    if count > MOST_PAGES:
        raise Unreadable("file_too_many_pages")
    return {"pages": count, "opening": clean(opening)[:OPENING], "kind": SHORT[kind]}


def read(content: bytes, kind: str, start: int, seconds: float) -> dict[str, Any]:
    """Pages from index ``start`` on, as many as ``seconds`` suffice for and at least one. Raises Unreadable."""
    end = time.monotonic() + seconds
    content, kind = unwrapped(content, kind)
    total, found = _pages(content, kind, start)
    done = []
    for page in found:
        done.append(page.as_dict())
        if time.monotonic() > end:
            break
    return {"pages": done, "total": total, "kind": SHORT[kind], "recognises": ocr.program() is not None}


def unwrapped(content: bytes, kind: str) -> tuple[bytes, str]:
    """What a health record system wrapped up, once: a document reference, and a C-CDA that only carries a file."""
    if kind == FHIR:
        content, kind = health_records.inside(content)
    if kind == CCDA:
        carried = health_records.clinical_document(content)
        if isinstance(carried, tuple):
            return carried
    return content, kind


def _pages(content: bytes, kind: str, start: int) -> tuple[int, Iterator[Page]]:
    if kind == PDF:
        return pdf.count(content), pdf.pages(content, start)
    if kind in IMAGES:
        return 1, iter([pdf.of_picture(pictures.load(content), ocr.program())][start:])
    pages = list(word.pages(content) if kind == DOCX else _textual(content, kind))
    if len(pages) > MOST_PAGES:
        raise Unreadable("file_too_many_pages")
    return len(pages), iter(pages[start:])


def _textual(content: bytes, kind: str) -> Iterable[Page]:
    if kind == TEXT:
        return [Page(text, "text") for text in split(decode(content))]
    root = health_records.clinical_document(content)
    if isinstance(root, tuple):
        raise Unreadable("file_not_one")
    return health_records.pages(root)
