"""Sentences of a note, whose lines may be prose, bullets, forms or scans."""

from __future__ import annotations

import re

_ABBREVIATION = re.compile(
    r"(?:\b(?:dr|mr|mrs|ms|vs|approx|est|no|hrs|min|mins|st|lic|e\.g|i\.e|a\.m|p\.m|dx|tx|hx|sx)|\b[a-z])\.$"
)
_BEFORE_NAME = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Mx|St)\.$")
_END = re.compile(r"[.!?][\"')\]]*(?=\s)|\n")
_STARTS_ANEW = re.compile(
    r"\s*(?:$|[-*•·#>\[\u2022(]|\d+[.)]\s|[A-Z][\w /&-]{0,40}[:>]|[A-Z]{2,}[A-Z /&-]*\s{2,}|\*\*)"
)
LONGEST = 1_000  # characters: each phrase is looked at within its sentence, and a whole page without a stop is none
_WRAPPED_FROM = 60  # a shorter line was ended by its writer


def split(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each sentence of the original text, without the blanks around it, none over ``LONGEST``."""
    spans: list[tuple[int, int]] = []
    start = 0
    for found in _END.finditer(text):
        if found.group() == "\n":
            if not line_ends(text, found.start()):
                continue
        elif _is_abbreviation(text, found.start()):
            continue
        _keep(spans, text, start, found.end())
        start = found.end()
    _keep(spans, text, start, len(text))
    return tuple(spans)


def _keep(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while end - start > LONGEST:
        blank = max(text.rfind(" ", start + 1, start + LONGEST), text.rfind("\n", start + 1, start + LONGEST))
        middle = blank if blank > start else start + LONGEST
        _keep(spans, text, start, middle)
        start = middle
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    if lead < len(piece):
        spans.append((start + lead, start + len(piece.rstrip())))


def _is_abbreviation(text: str, dot: int) -> bool:
    if text[dot] != ".":
        return False
    if not _ABBREVIATION.search(text[max(0, dot - 8) : dot + 1].lower()):
        return False
    if _BEFORE_NAME.search(text[max(0, dot - 5) : dot + 1]):
        return True
    after = text[dot + 1 : dot + 40].lstrip()
    return not after[:1].isupper() or len(after.split(" ", 1)[0].rstrip(":")) < 2 or text[dot - 1].isupper()


def line_ends(text: str, newline: int) -> bool:
    """Whether the writer ended a line here; otherwise it was wrapped."""
    begin = text.rfind("\n", 0, newline) + 1
    if newline - begin < _WRAPPED_FROM:
        return True
    following = text[newline + 1 : newline + 60].split("\n", 1)[0]
    return bool(_STARTS_ANEW.match(following))
