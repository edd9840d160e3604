"""Signature lines: "/s/ Name, LCSW", "Electronically signed by … on …", "Name, LCSW (electronically signed …)".

A printed name, a stamp or a picture of a signature is none (CMS Program Integrity Manual, chapter 3, section 3.3.2.4).
Where a printed name stands is told apart in ``printed_names``.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from clawguard.domain.codesets.licenses import kinds_of
from clawguard.domain.notes import calendar_days

_SIGN = re.compile(
    r"/(?:s|e|es)/|\b(?:e-?sig(?:[nq](?:ed|ature)?)?|electronically (?:signed|authenticated)|digitally signed|"
    r"electronic signature|co-?signed|signed (?:electronically|by)|signature|signed|sgd|authenticated)\b"
)
_COSIGN = re.compile(r"\b(?:co-?sign(?:ed|ature)?|countersigned|supervis(?:or|ing|ed))\b")
_STAMP = re.compile(
    r"\b(?:signature|rubber) stamp|stamp(?:ed)?\b[^\n]{0,15}signature|\[?(?:image|picture) of signature"
)
_CREDENTIAL = re.compile(r"\b[A-Za-z]{2,8}(?:[- ]?[A-Z]{1,3})?\b")
_LOWER_CREDENTIAL = re.compile(r"[a-z], ?([a-z]{3,8})\b")  # of somebody who never types a capital: "a name, lcsw"
_DOTTED = re.compile(r"(?<=[A-Za-z])\.(?=[A-Z]\b)|(?<=\.[A-Z])\.")  # "Psy.D.", "L.C.S.W."
_AT = re.compile(
    r"\b(?P<h>\d{1,2}):(?P<m>\d{2})(?::\d{2})?\s*(?P<x>[ap])?|\bat?\s*(?P<mil>[01]\d[0-5]\d|2[0-3][0-5]\d)\b|"
    r"\s(?P<end>[01]\d[0-5]\d|2[0-3][0-5]\d)\s*$"
)
NAME_LINE = 60  # characters of a line that is a name with its credentials
_MORE = 2  # lines of a signature block behind the first


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature. ``kinds`` as in ``licenses.kinds_of``; ``day`` and ``minutes`` where stated."""

    start: int
    end: int
    credentials: bool
    kinds: frozenset[str]
    day: dt.date | None = None
    minutes: int | None = None
    cosign: bool = False
    stamp: bool = False


def find(text: str, low: str) -> tuple[Signature, ...]:
    """Every signature of a text; ``low`` is its folded form."""
    found: list[Signature] = []
    for match in _SIGN.finditer(low):
        start = low.rfind("\n", 0, match.start()) + 1
        start = _with_the_name(text, low, max(start, _sentence_before(low, start, match.start())))
        end = _block_end(low, match.end())
        if found and start < found[-1].end:
            continue
        if _is_form_word(low, match, start, end):
            continue
        found.append(_read(text, low, start, end))
    return tuple(found)


def _with_the_name(text: str, low: str, start: int) -> int:
    """Where the block begins: "Name, LCSW" often stands on the line before "e-signed …", or ends in a full stop."""
    before = low[:start].rstrip()
    begin = max(before.rfind("\n"), before.rfind(". ") + 1) + 1
    line = text[begin : len(before)].strip()
    capitalised = all(word[0].isupper() for word in line.split())
    return begin if len(line) <= NAME_LINE and capitalised and kinds_on(line) else start


def kinds_on(line: str) -> frozenset[str]:
    """The credentials on a line, as kinds of licenses."""
    plain = _DOTTED.sub("", line)
    words = [part for word in _CREDENTIAL.findall(plain) for part in (word, *re.split("[ -]", word))]  # "Quay LPC"
    names = {word for word in words if word.isupper() or word in ("PhD", "PsyD", "EdD")}
    names |= {found[1].upper() for found in _LOWER_CREDENTIAL.finditer(plain) if line.islower()}
    return frozenset(kind for name in names for kind in kinds_of(name))


def _sentence_before(low: str, start: int, at: int) -> int:
    dot = low.rfind(". ", start, at)
    return dot + 2 if dot >= 0 else start


def _block_end(low: str, at: int) -> int:
    end = low.find("\n", at)
    for _ in range(_MORE):
        if end < 0:
            return len(low)
        following = low[end + 1 :].split("\n", 1)[0]
        if (
            not following.strip()
            or len(following) > 60
            or not re.match(r"\W*(?:date|time|signed|on\b|lic|\d{1,2}[/:.-]\d)", following)
        ):
            return end
        end = low.find("\n", end + 1)
    return len(low) if end < 0 else end


def _is_form_word(low: str, match: re.Match[str], start: int, end: int) -> bool:
    """ "Signed consent on file", "consent signed", "signed up", a signature field left empty."""
    words = low[start:end]
    if (
        re.search(
            r"consent|release|contract|signed note|"
            r"signed (?:up|a |the |an |off|out|in|forms?|agreements?|paperwork|copy)\b",
            words,
        )
        and "electronically" not in words
    ):
        return True
    return match.group() == "signature" and not re.search(r"[a-z]{2,}", low[match.end() : end]) and "stamp" not in words


def _read(text: str, low: str, start: int, end: int) -> Signature:
    kinds = kinds_on(text[start:end])
    days = calendar_days.find(low[start:end])
    return Signature(
        start,
        end,
        bool(kinds),
        kinds,
        days[-1].date if days else None,
        _minutes(low[start:end], days[-1].end if days else None),
        bool(_COSIGN.search(low[start:end])),
        bool(_STAMP.search(low[start:end])),
    )


def _minutes(line: str, after: int | None) -> int | None:
    if after is None:
        return None
    found = _AT.search(line, after)
    if found is None:
        return None
    military = found["mil"] or found["end"]
    if military:
        return int(military[:2]) * 60 + int(military[2:])
    hours, minutes = int(found["h"]), int(found["m"])
    if hours > 23 or minutes > 59:
        return None
    if found["x"]:
        hours = hours % 12 + (12 if found["x"] == "p" else 0)
    return hours * 60 + minutes
