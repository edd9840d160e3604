"""What an 837P has no element for, carried in K3 segments: ``K3*CG1 START=20260318T100200-0400;TELE=video``.

An instant is written in the basic ISO form because ":" is usually the component separator; any character that could
clash is percent-encoded. Times may also stand in ``NTE*ADD`` in the same form.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote

from clawguard.domain.x12.codes import BOOLEAN_KEYS, EXTRA_MARK, INSTANT_KEYS, INTEGER_KEYS

K3_LENGTH = 80
_BASIC = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})?(Z|[+-][0-9]{2})([0-9]{2})?")
_NTE_FORM = re.compile(r"(?:CG1 )?[A-Z]{2,6}=[^;=]*(?:;[A-Z]{2,6}=[^;=]*)*;?")
_SAFE = "/@+-_. "


def is_extra(segment_id: str, text: str) -> bool:
    """K3 text with our mark, or a note that consists of nothing but KEY=VALUE pairs."""
    if segment_id == "K3":
        return text.startswith(EXTRA_MARK)
    return len(text) <= K3_LENGTH and _NTE_FORM.fullmatch(text) is not None


def read_extras(text: str, keys: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """Values by field path, and the keys that are not defined (with nothing of their values)."""
    values: dict[str, Any] = {}
    unknown: list[str] = []
    for pair in text.removeprefix(EXTRA_MARK).split(";"):
        key, _, raw = pair.strip().partition("=")
        if not key:
            continue
        if key not in keys:
            unknown.append(key)
        elif raw:
            values[keys[key]] = _value(key, unquote(raw))
    return values, unknown


def _value(key: str, text: str) -> Any:
    """In the JSON shape where the text allows it; otherwise as it is, for the session's parser to refuse."""
    if key in INSTANT_KEYS:
        match = _BASIC.fullmatch(text)
        if match is None:
            return text
        year, month, day, hour, minute, second, zone, zone_minutes = match.groups()
        offset = zone if zone == "Z" else f"{zone}:{zone_minutes or '00'}"
        return f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{offset}"
    if key in INTEGER_KEYS and text.isascii() and text.isdigit() and len(text) < 6:
        return int(text)
    if key in BOOLEAN_KEYS and text in ("Y", "N"):
        return text == "Y"
    return text


def write_extras(values: Mapping[str, Any], keys: Mapping[str, str]) -> list[str]:
    """K3 texts of at most 80 characters that carry what of ``values`` (by field path) is stated.

    Raises ``ValueError`` for a value too long to stand in one K3.
    """
    texts: list[str] = []
    line = EXTRA_MARK
    for key, path in keys.items():
        value = values.get(path)
        if value is None:
            continue
        pair = f"{key}={quote(_text(key, value), safe=_SAFE).replace('~', '%7E')}"
        if len(EXTRA_MARK) + len(pair) > K3_LENGTH:
            raise ValueError(f"{path} is too long to be carried in an 837P")
        if line != EXTRA_MARK and len(line) + 1 + len(pair) > K3_LENGTH:
            texts.append(line)
            line = EXTRA_MARK
        line += pair if line == EXTRA_MARK else f";{pair}"
    return texts if line == EXTRA_MARK else [*texts, line]


def _text(key: str, value: Any) -> str:
    if key in INSTANT_KEYS:
        moment = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
        return str(moment.strftime("%Y%m%dT%H%M%S%z"))
    if isinstance(value, bool):
        return "Y" if value else "N"
    return str(value)
