"""Knowing a row of a file again: the ids of the rows before it as short keyed digests, in little memory.

A million rows take about a hundred megabytes while a slice is read, and twelve bytes each on disk beside the pieces.
The digests are keyed by the batch, so that nobody can make two ids look like one; by chance two of a million do so in
one file of some ten million.
"""

from __future__ import annotations

from array import array
from hashlib import blake2b
from uuid import UUID

from sessions.intake import vault

_ID, _FACTS = 8, 8  # hexadecimal digits of a record's digest that are kept, and bytes of an id's


class Seen:
    """The rows of a file so far. ``pieces``: how many of them were sealed by earlier slices."""

    def __init__(self, batch_id: UUID, pieces: int) -> None:
        self._batch, self._key = batch_id, batch_id.bytes
        self._known: dict[int, int] = {}
        self._new_ids, self._new_facts = array("Q"), array("I")
        for number in range(1, pieces + 1):
            content = vault.read_ids(batch_id, number)
            ids, facts = array("Q"), array("I")
            half = len(content) // (ids.itemsize + facts.itemsize) * ids.itemsize
            ids.frombytes(content[:half])
            facts.frombytes(content[half:])
            self._known.update(zip(ids, facts, strict=True))

    def add(self, external_id: str, digest: str) -> bool | None:
        """None for a new id, which is then known; else whether the row says the same as the earlier one."""
        key = int.from_bytes(blake2b(external_id.encode(), digest_size=_ID, key=self._key).digest())
        facts = int(digest[:_FACTS], 16)
        earlier = self._known.get(key)
        if earlier is not None:
            return earlier == facts
        self._known[key] = facts
        self._new_ids.append(key)
        self._new_facts.append(facts)
        return None

    def seal(self, piece: int) -> None:
        """Keep what was added since the last time beside this piece."""
        vault.keep_ids(self._batch, piece, self._new_ids.tobytes() + self._new_facts.tobytes())
        self._new_ids, self._new_facts = array("Q"), array("I")
