"""Clock times that were dictated in words: "ten oh one am" becomes "10:01 am", in as many characters."""

from __future__ import annotations

import re

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_VALUES = {word: number for number, word in enumerate((*_ONES, *_TEENS), start=1)} | _TENS
_ONE = "|".join(_ONES)
_SPOKEN = re.compile(
    rf"\b(?P<hour>{_ONE}|ten|eleven|twelve)"
    rf"(?: (?:(?:oh|o) (?P<few>{_ONE})|(?P<teens>{'|'.join(_TEENS)})"
    rf"|(?P<tens>{'|'.join(_TENS)})(?:[ -](?P<ones>{_ONE}))?))?"
    r" ?(?P<half>[ap])(?:m\b|\.m\b\.?)"
)


def as_digits(low: str) -> str:
    """A folded text with such times in digits, filled up with blanks. Only with am or pm: else it may be a number."""
    return _SPOKEN.sub(lambda found: _digits(found).ljust(len(found.group())), low)


def _digits(found: re.Match[str]) -> str:
    minutes = sum(_VALUES[word] for word in found.group("few", "teens", "tens", "ones") if word)
    return f"{_VALUES[found['hour']]}:{minutes:02}{found['half']}m"
