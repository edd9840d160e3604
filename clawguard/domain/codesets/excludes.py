"""Reading the "Excludes1" notes of ICD-10-CM: which codes a note means, and whether it means a given code.

A note names its codes in its last parentheses. Three shapes are understood and written compactly: ``F31`` (this code
and everything below it), ``F20-F29`` (a range of categories), ``S060X@A`` (only with that seventh character). A note
that names no code, or states another condition, yields nothing: it is information for people, not a rule.
"""

from __future__ import annotations

import re

_LAST_PARENTHESES = re.compile(r"\(([^()]*)\)[^()]*$")
_CODE = r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?"
_ONE = re.compile(rf"^({_CODE})\.?-?$")
_RANGE = re.compile(rf"^({_CODE})-({_CODE})(?:\.?-)?$")
_SEVENTH = re.compile(rf"^({_CODE})\.?-? with (?:final|seventh|7th) character ([A-Z])$")


def parse_note(text: str) -> tuple[str, ...]:
    """The codes meant by one note, in the compact shapes above; empty when nothing can be read with certainty."""
    found = _LAST_PARENTHESES.search(text)
    if not found:
        return ()
    refs: list[str] = []
    for part in found.group(1).split(","):
        words = " ".join(part.split())
        if one := _ONE.match(words):
            refs.append(_plain(one.group(1)))
        elif span := _RANGE.match(words):
            refs.append(f"{_plain(span.group(1))}-{_plain(span.group(2))}")
        elif seventh := _SEVENTH.match(words):
            refs.append(f"{_plain(seventh.group(1))}@{seventh.group(2)}")
        else:
            return ()
    return tuple(refs)


def covers(ref: str, code: str) -> bool:
    """Whether a compact reference means ``code`` (dotless)."""
    if "@" in ref:
        prefix, seventh = ref.split("@")
        return code.startswith(prefix) and len(code) == 7 and code[6] == seventh
    if "-" in ref:
        first, last = ref.split("-")
        return first <= code[: len(first)] and code[: len(last)] <= last
    return code.startswith(ref)


def _plain(code: str) -> str:
    return code.replace(".", "")
