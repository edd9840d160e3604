"""A JSON document written piece by piece: an object whose long lists are never held in memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any


def text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _members(members: Mapping[str, Any]) -> str:
    return ",\n".join(f"{text(name)}: {text(value)}" for name, value in members.items())


def opening(members: Mapping[str, Any]) -> str:
    """The beginning of an object with the members that come first; lists and a closing follow."""
    return "{\n" + _members(members) + ","


def listed(name: str, items: Iterable[Any]) -> Iterator[str]:
    """One member that is a list, an item a line."""
    yield f"{text(name)}: ["
    before = ""
    for item in items:
        yield f"{before}{text(item)}"
        before = ","
    yield "],"


def closing(members: Mapping[str, Any]) -> str:
    """The members that come last, and the end of the object."""
    return _members(members) + "\n}"
