"""Reading JSON bodies strictly: every unknown, missing or wrongly typed field is named at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from clawguard.access import FieldProblem, Problem

Reader = Callable[[Any], Any]
REQUIRED = object()


def text(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError("Give a text.")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError("Some characters cannot be read.") from None
    return value


def flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("Give true or false.")
    return value


def whole_number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("Give a whole number.")
    return value


def uuid(value: Any) -> UUID:
    try:
        return UUID(text(value))
    except ValueError:
        raise ValueError("Give an id as this API gave it.") from None


def list_of(read: Reader, most: int = 50) -> Reader:
    def read_list(value: Any) -> list[Any]:
        if not isinstance(value, list) or len(value) > most:
            raise ValueError(f"Give a list of at most {most}.")
        return [read(item) for item in value]

    return read_list


def fields(body: Mapping[str, Any], known: Mapping[str, tuple[Reader, Any]], at: str = "") -> dict[str, Any]:
    """The body's fields by ``known``: name → (reader, default or REQUIRED). Raises Problem 400."""
    errors = [
        FieldProblem(f"{at}/{name[:40]}", "unknown", "There is no such field.") for name in body if name not in known
    ]
    found = {}
    for name, (read, default) in known.items():
        if name not in body:
            found[name] = default
            if default is REQUIRED:
                errors.append(FieldProblem(f"{at}/{name}", "required", "This is needed."))
            continue
        try:
            found[name] = read(body[name])
        except ValueError as error:
            errors.append(FieldProblem(f"{at}/{name}", "type", str(error)))
    if errors:
        raise Problem(400, "invalid", "The request cannot be read", "See errors.", errors)
    return found
