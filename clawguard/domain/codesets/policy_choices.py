"""How a value of the policy is declared: its default, its name for people, and the reason for it."""

from __future__ import annotations

from dataclasses import field
from typing import TypeVar

T = TypeVar("T")
Codes = frozenset[str]
CodeNumbers = tuple[tuple[str, int], ...]  # sorted (code, number) pairs: hashable, unlike a dict
GroupNumbers = tuple[tuple[tuple[str, ...], int], ...]  # the same for codes that count together, each group sorted


def choice(default: T, label: str, why: str, most: int | None = None) -> T:
    """A value with a name for people and the reason for its default; ``why`` names the source where there is one.
    ``most`` is the greatest number that may be given."""
    made: T = field(default=default, metadata={"label": label, "why": why, "most": most})
    return made
