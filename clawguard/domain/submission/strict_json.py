"""JSON read strictly: what two readers might understand differently is refused instead of settled silently."""

from __future__ import annotations

import json
import math
from typing import Any

_LONGEST_INTEGER = 18  # digits; every integer we take is far smaller
_LONGEST_NUMBER = 64


class StrictJsonError(ValueError):
    """``code`` for programs, ``str()`` for people; neither holds anything of the text."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def loads(text: str | bytes) -> Any:
    """Decode one JSON value. Raises ``StrictJsonError`` for anything doubtful: duplicate keys, NaN, huge numbers,
    text that is not UTF-8, too deep nesting, trailing text.
    """
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8")
        return _DECODER.decode(text)
    except UnicodeDecodeError:
        raise StrictJsonError("encoding", "The text is not UTF-8; save it as UTF-8.") from None
    except json.JSONDecodeError as error:
        raise StrictJsonError("json_invalid", f"Not valid JSON (at character {error.pos + 1}).") from None
    except RecursionError:
        raise StrictJsonError("json_too_deep", "The JSON is nested too deeply.") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise StrictJsonError("json_duplicate_key", "An object holds the same key twice.")
    return found


def _integer(text: str) -> int:
    if len(text) > _LONGEST_INTEGER:
        raise StrictJsonError("json_number", "A number is too large.")
    return int(text)


def _float(text: str) -> float:
    value = float(text) if len(text) <= _LONGEST_NUMBER else math.inf
    if math.isinf(value):
        raise StrictJsonError("json_number", "A number is too large or too long.")
    return value


def _constant(_: str) -> Any:
    raise StrictJsonError("json_number", "NaN and Infinity are not JSON.")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=_integer, parse_float=_float, parse_constant=_constant)
