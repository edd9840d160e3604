"""Words of cases and disputes, sealed at rest and bound to their row: threads and statements may tell of care."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from clawguard import sealing

EVIDENCE, LIBRARY_ITEM = "dispute evidence", "library item"  # kinds of sealed values


def seal_words(kind: str, row_id: UUID, words: str) -> bytes:
    """``kind`` names the table and column; the seal opens only with the same kind and row."""
    return sealing.seal(words.encode(), sealing.binding(kind, row_id))


def open_words(kind: str, row_id: UUID, sealed: bytes | memoryview | None) -> str:
    """The words, or an empty text where nothing was sealed. Raises SealBroken."""
    if sealed is None:
        return ""
    return sealing.unseal(bytes(sealed), sealing.binding(kind, row_id)).decode()


def seal_value(kind: str, row_id: UUID, value: Mapping[str, Any]) -> bytes:
    """A value of JSON, sealed as words are."""
    return seal_words(kind, row_id, json.dumps(value))


def open_value(kind: str, row_id: UUID, sealed: bytes | memoryview | None) -> dict[str, Any]:
    """The value, empty where nothing was sealed. Raises SealBroken."""
    words = open_words(kind, row_id, sealed)
    found: dict[str, Any] = json.loads(words) if words else {}
    return found
