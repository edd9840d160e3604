"""Reading small JSON bodies field by field; everything wrong is named at once."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from rest_framework.request import Request

from clawguard.access.body import read_body
from clawguard.access.problems import FieldProblem, Problem

Reader = Callable[[Any], Any]


class Unreadable(Exception):
    """Says what to give instead."""


def text(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise Unreadable("Give a text.")
    return value


def line(value: Any) -> str:
    """One line of text that shows as it is."""
    if not isinstance(value, str) or not value.isprintable():
        raise Unreadable("Give one line of text.")
    return value


def flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Unreadable("Give true or false.")
    return value


def money(value: Any) -> Decimal:
    """Amounts are texts: a JSON number cannot hold cents exactly."""
    try:
        amount = Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        amount = None
    if amount is None or not amount.is_finite() or not 0 <= amount < 10**8 or amount != round(amount, 2):
        raise Unreadable('Give an amount as text, such as "142.50".')
    return amount


def instant(value: Any) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(value) if isinstance(value, str) else None
        if moment is not None and moment.tzinfo is not None:
            return moment
    except ValueError:
        pass
    raise Unreadable("Give an instant with its offset, such as 2026-11-24T13:00:00-05:00.")


def date(value: Any) -> dt.date:
    try:
        if isinstance(value, str) and len(value) == 10:
            return dt.date.fromisoformat(value)
    except ValueError:
        pass
    raise Unreadable("Give a date, such as 2026-11-24.")


def whole(least: int, most: int) -> Reader:
    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise Unreadable(f"Give a whole number from {least} to {most}.")
        return value

    return read


def choice(*known: str) -> Reader:
    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in known:
            raise Unreadable(f"Give one of {', '.join(known)}.")
        return value

    return read


def identifier(value: Any) -> UUID:
    try:
        if isinstance(value, str):
            return UUID(value)
    except ValueError:
        pass
    raise Unreadable("Give an id as this API gave it.")


def identifiers(most: int) -> Reader:
    """A list of different ids, at most ``most`` long."""

    def read(value: Any) -> list[UUID]:
        if not isinstance(value, list) or not 0 < len(value) <= most:
            raise Unreadable(f"Give a list of 1 to {most} ids.")
        return list(dict.fromkeys(identifier(item) for item in value))

    return read


def names(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value) or len(value) > 100:
        raise Unreadable("Give a list of texts.")
    return tuple(value)


def mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Unreadable("Give an object.")
    return value


def mapping_of_mappings(value: Any) -> dict[str, dict[str, Any]]:
    if not isinstance(value, dict) or not all(isinstance(part, dict) for part in value.values()) or len(value) > 50:
        raise Unreadable("Give an object of objects.")
    return value


def schema(readers: Mapping[str, Reader], **shapes: dict[str, Any]) -> dict[str, Any]:
    """The JSON schema of such a body, whose fields are texts unless ``shapes`` says otherwise."""
    return {"type": "object", "properties": {name: shapes.get(name) or {"type": "string"} for name in readers}}


def _whole_characters(value: Any) -> Any:
    """``value`` as it is. Half a character (a lone surrogate), however deep inside, cannot be stored."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise Unreadable("Some characters cannot be read.") from None
    return value


def read(request: Request, readers: Mapping[str, Reader], required: tuple[str, ...] = ()) -> dict[str, Any]:
    """The body's fields, each read; null and absent are the same. Raises Problem 400 naming every fault."""
    body = read_body(request)
    errors = [
        FieldProblem(f"/{name[:40]}", "unknown", f"There is no such field. Known are: {', '.join(sorted(readers))}.")
        for name in body
        if name not in readers
    ]
    found: dict[str, Any] = {}
    for name, reader in readers.items():
        if body.get(name) is None:
            if name in required:
                errors.append(FieldProblem(f"/{name}", "missing", "This is needed."))
            continue
        try:
            found[name] = reader(_whole_characters(body[name]))
        except Unreadable as reason:
            errors.append(FieldProblem(f"/{name}", "unreadable", str(reason)))
    if errors:
        raise Problem(400, "invalid", "The request cannot be read", "See errors.", errors)
    return found
