"""Reading a JSON body strictly: no duplicate keys, no NaN, no bottomless nesting, no surprise in size or type."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from rest_framework.request import Request

from clawguard.access.problems import FieldProblem, Problem

KEPT = "clawguard.raw_body"  # where a body that was read once is kept with its request
LARGEST = 1024 * 1024  # bytes
ROOM_FOR_FORM = 64 * 1024  # bytes a multipart body may have beyond the file itself
DEEPEST = 20
LONGEST_NUMBER = 40  # digits


def refuse_beyond(declared: str, most: int) -> None:
    """413 before any of a body is read that announces more than ``most`` bytes, or no number."""
    if not declared.isdecimal() or int(declared) > most:
        raise Problem(413, "too_large", "The body is too large", f"At most {most:,} bytes at once; send less.")


def raw_body(request: Request, most: int = LARGEST) -> bytes:
    """The body's bytes, read once; 413 before reading it all when it is larger than ``most``."""
    kept: bytes | None = request._request.META.get(KEPT)
    if kept is not None:
        return kept
    too_large = Problem(
        413, "too_large", "The body is too large", f"At most {most:,} bytes at once; use an import for more."
    )
    declared = request.META.get("CONTENT_LENGTH") or "0"
    if not declared.isdecimal() or int(declared) > most:
        raise too_large
    body = request._request.read(most + 1)
    if len(body) > most:
        raise too_large
    request._request.META[KEPT] = body
    return bytes(body)


def read_body(request: Request, most: int = LARGEST) -> dict[str, Any]:
    """The body as a JSON object. Raises Problem 400, 413 or 415 that says what is wrong with it."""
    if request.content_type.partition(";")[0].strip().lower() != "application/json":
        raise Problem(415, "not_json", "Send JSON", "Set Content-Type: application/json.")
    value = parse(raw_body(request, most))
    if not isinstance(value, dict):
        raise Problem(400, "not_an_object", "The body must be a JSON object")
    return value


def refuse_words(request: Request) -> None:
    """For deeds that need no words: the body may be empty or an empty object. Raises Problem 400 naming the rest."""
    if not request.content_type.lower().startswith("application/json") or not raw_body(request):
        return
    errors = [FieldProblem(f"/{name[:40]}", "unknown", "Leave it out.") for name in read_body(request)]
    if errors:
        raise Problem(400, "invalid", "The request cannot be read", "See errors.", errors)


def parse(body: bytes) -> Any:
    """Strict JSON. Raises Problem 400."""
    try:
        text = body.decode("utf-8")
        _refuse_depth(text)
        return json.loads(
            text, object_pairs_hook=_unique, parse_constant=_no_constant, parse_int=_integer, parse_float=_decimal_text
        )
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        where = f" (line {error.lineno}, column {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
        raise Problem(
            400, "json_invalid", "The body is not valid JSON", f"It cannot be read as UTF-8 JSON{where}."
        ) from None


def _refuse_depth(text: str) -> None:
    depth, in_string, escaped = 0, False, False
    for char in text:
        if in_string:
            if escaped:
                escaped = False
            elif char == "\\":
                escaped = True
            elif char == '"':
                in_string = False
        elif char == '"':
            in_string = True
        elif char in "[{":
            depth += 1
            if depth > DEEPEST:
                raise Problem(400, "json_too_deep", "The body is nested too deeply")
        elif char in "]}":
            depth -= 1


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Problem(400, "json_duplicate_key", "A field is given twice", "Each field may stand once.")
        found[key] = value
    try:
        "".join(found).encode()
    except UnicodeEncodeError:  # a refusal names fields, and could not be written down
        raise Problem(400, "json_half_character", "The name of a field holds half a character") from None
    return found


def _no_constant(name: str) -> NoReturn:
    raise Problem(400, "json_not_a_number", "NaN and Infinity are not numbers here")


def _integer(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise Problem(400, "json_number_too_long", "A number is too long")
    return int(text)


def _decimal_text(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")) or len(text) > LONGEST_NUMBER:
        raise Problem(400, "json_number_too_long", "A number is too large or too long")
    return value
