"""Scalar readers for text: identifiers, names, codes. Each takes a raw JSON value and returns the clean one.

All regular expressions are linear and run after a length check, so no input can make them slow.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from clawguard.domain.submission.values import RefusedError

SPREADSHEET_NUMBER = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,3}")
_PROCEDURE = re.compile(r"[0-9]{4}[0-9A-Z]|[A-Z][0-9]{4}")
_PROCEDURE_WITH_TAIL = re.compile(r"[0-9A-Z]{5}[-:, ][0-9A-Z]{2}.*")
_DIAGNOSIS = re.compile(r"([A-Z][0-9][0-9A-Z])(?:\.?([0-9A-Z]{1,4}))?")
_MODIFIER = re.compile(r"[0-9A-Z]{2}")
_PLACE = re.compile(r"[0-9]{2}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")

_STATES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK "
    "OR PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI FM MH PW AA AE AP"
)
_LICENSES = "MD DO NP PMHNP PA CNS PhD PsyD LCSW LICSW LMSW LMFT LPC LPCC LCPC LMHC BCBA RBT"
STATES = frozenset(_STATES.split())
LICENSES = _LICENSES.split()
_LICENSE_SPELLING = {name.upper(): name for name in LICENSES}


def string(raw: Any) -> str:
    """Any text, trimmed and in NFC; control characters and text that is not Unicode are refused."""
    if type(raw) is not str:
        raise RefusedError("type_string", "must be text; send it in quotes.")
    if raw.isascii():
        if raw.isprintable():
            return raw.strip(" ")
    elif any("\ud800" <= char <= "\udfff" for char in raw):
        raise RefusedError("text_invalid", "holds half a character (a lone surrogate); send valid Unicode.")
    if any(unicodedata.category(char) == "Cc" for char in raw.strip()):
        raise RefusedError("text_control", "holds a control character (such as NUL or a line break); remove it.")
    return unicodedata.normalize("NFC", raw.strip())


def text(maximum: int) -> Callable[[Any], str]:
    """A reader for non-empty text of at most ``maximum`` characters."""

    def read(raw: Any) -> str:
        if type(raw) is str and len(raw) > maximum:
            raise RefusedError("too_long", f"has more than {maximum} characters; shorten it.")
        value = string(raw)
        if not value:
            raise RefusedError("blank", "is empty; give a value or leave the field out.")
        if len(value) > maximum:  # a few characters grow when composed
            raise RefusedError("too_long", f"has more than {maximum} characters; shorten it.")
        return value

    return read


def identifier(maximum: int) -> Callable[[Any], str]:
    """A reader for ids: text that a spreadsheet has not turned into a number."""
    read_text = text(maximum)

    def read(raw: Any) -> str:
        value = read_text(raw)
        if SPREADSHEET_NUMBER.fullmatch(value):
            raise RefusedError(
                "spreadsheet_damage",
                "looks like a number that a spreadsheet has shortened; export the column as text and send it again.",
            )
        return value

    return read


def choice(*allowed: str) -> Callable[[Any], str]:
    """A reader for one of a fixed set of words, in the spelling given."""
    words = frozenset(allowed)
    listing = ", ".join(allowed)

    def read(raw: Any) -> str:
        if type(raw) is not str:
            raise RefusedError("type_string", f"must be text, one of: {listing}.")
        if raw not in words:
            raise RefusedError("choice", f"is not one of: {listing}. Use one of these.")
        return raw

    return read


def _short(raw: Any, maximum: int = 40) -> str:
    """Trimmed upper-case text with compatibility forms (full-width digits and letters) made plain."""
    if type(raw) is str and len(raw) > maximum:
        raise RefusedError("too_long", f"has more than {maximum} characters; send the code alone.")
    value = string(raw)
    return (value if value.isascii() else unicodedata.normalize("NFKC", value).strip()).upper()


def _cached(read: Callable[[str], str]) -> Callable[[Any], str]:
    """Remember good values: a file repeats the same few codes thousands of times. Nothing here is client identity."""
    remember = lru_cache(maxsize=8192)(read)

    def cached(raw: Any) -> str:
        if type(raw) is not str:
            raise RefusedError("type_string", "must be text; send it in quotes.")
        return remember(raw) if len(raw) <= 40 else read(raw)

    return cached


@_cached
def procedure(raw: str) -> str:
    """A CPT or HCPCS code: five characters. Known or not is for the checks to say, on the date of service."""
    value = _short(raw)
    if _PROCEDURE.fullmatch(value):
        return value
    if _PROCEDURE_WITH_TAIL.fullmatch(value):
        raise RefusedError("code_format", "holds more than the code; put modifiers in `modifiers`.")
    raise RefusedError("code_format", "is not a CPT or HCPCS code (five characters); correct it.")


@_cached
def diagnosis(raw: str) -> str:
    """An ICD-10-CM code, dotted or not; stored without the dot."""
    value = _short(raw)
    match = _DIAGNOSIS.fullmatch(value)
    if match:
        return match[1] + (match[2] or "")
    if value[:1].isdigit():
        raise RefusedError(
            "diagnosis_format",
            "begins with a digit; ICD-10-CM codes begin with a letter (O is not 0, and ICD-9 codes ended in 2015).",
        )
    raise RefusedError("diagnosis_format", "is not shaped like an ICD-10-CM code such as F33.1; correct it.")


@_cached
def modifier(raw: str) -> str:
    value = _short(raw)
    if not _MODIFIER.fullmatch(value):
        raise RefusedError("modifier_format", "is not a two-character modifier; correct it.")
    return value


@_cached
def place(raw: str) -> str:
    value = _short(raw)
    if _PLACE.fullmatch(value):
        return value
    if len(value) == 1 and value.isdigit():
        raise RefusedError(
            "place_format", "has one digit; a spreadsheet may have removed the leading zero (02, not 2)."
        )
    raise RefusedError("place_format", "is not a two-digit place of service code; correct it.")


@_cached
def npi(raw: str) -> str:
    """A National Provider Identifier: ten digits whose last is the Luhn check digit over 80840 + the first nine."""
    value = _short(raw)
    if SPREADSHEET_NUMBER.fullmatch(value.replace(" ", "")):
        raise RefusedError(
            "spreadsheet_damage",
            "looks like a number that a spreadsheet has shortened; format the column as text and send it again.",
        )
    if not (value.isascii() and value.isdigit()):
        raise RefusedError("npi_format", "is not an NPI; send its ten digits and nothing else.")
    if len(value) != 10:
        hint = " A spreadsheet may have removed leading zeros." if len(value) < 10 else ""
        raise RefusedError("npi_format", f"has {len(value)} digits; an NPI has ten.{hint}")
    if not npi_check_digit_holds(value):
        raise RefusedError("npi_check_digit", "has a wrong check digit; compare it with the NPI registry.")
    return value


def npi_check_digit_holds(digits: str) -> bool:
    """Luhn over the card issuer prefix 80840 and the ten digits (the prefix contributes the constant 24)."""
    total = 24
    for index, char in enumerate(reversed(digits)):
        double = int(char) * (1 + index % 2)
        total += double - 9 if double > 9 else double
    return total % 10 == 0


@_cached
def state(raw: str) -> str:
    value = _short(raw)
    if value not in STATES:
        raise RefusedError("choice", "is not a two-letter US state or territory; correct it or leave it out.")
    return value


@_cached
def credential(raw: str) -> str:
    """A license in upper case, PhD and PsyD in their usual spelling; unknown ones are kept for people to judge."""
    value = _short(raw)
    if not value:
        raise RefusedError("blank", "is empty; give a license such as LCSW or leave the field out.")
    return _LICENSE_SPELLING.get(value, value)


@_cached
def time_zone(raw: str) -> str:
    value = string(raw)
    if value not in known_time_zones():
        raise RefusedError("time_zone_unknown", "is not a known time zone; use an IANA name such as America/New_York.")
    return value


@lru_cache(maxsize=1)
def known_time_zones() -> frozenset[str]:
    """Names of places only: "localtime" and "Factory" mean whatever the machine says."""
    return frozenset(available_timezones()) - {"localtime", "Factory", "posixrules"}


def email(raw: Any) -> str:
    value = text(254)(raw)
    if not _EMAIL.fullmatch(value):
        raise RefusedError("email_format", "is not an e-mail address; correct it or leave it out.")
    return value
