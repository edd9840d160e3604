"""Words of cases and disputes, sealed at rest and bound to their row: threads and statements may tell of care."""

from __future__ import annotations

from uuid import UUID

from clawguard import sealing


def seal_words(kind: str, row_id: UUID, words: str) -> bytes:
    """``kind`` names the table and column; the seal opens only with the same kind and row."""
    return sealing.seal(words.encode(), sealing.binding(kind, row_id))


def open_words(kind: str, row_id: UUID, sealed: bytes | memoryview | None) -> str:
    """The words, or an empty text where nothing was sealed. Raises SealBroken."""
    if sealed is None:
        return ""
    return sealing.unseal(bytes(sealed), sealing.binding(kind, row_id)).decode()
