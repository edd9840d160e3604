"""Knowing a row of a file again: the ids of the rows as short keyed digests, in little memory.

A million rows take about a hundred megabytes while their ids are compared, and twelve bytes each on disk beside the
pieces. The digests are keyed by the batch, so that nobody can make two ids look like one; by chance two of a million do
so in one file of some ten million.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from hashlib import blake2b
from uuid import UUID

_ID, _FACTS = 8, 8  # hexadecimal digits of a record's digest that are kept, and bytes of an id's


class Seen:
    """The rows of one slice of a file so far. ``known``: what earlier slices say of ids that it holds, too."""

    def __init__(self, batch_id: UUID, known: bytes = b"") -> None:
        self._key = batch_id.bytes
        self._known = dict(zip(*_unpack(known), strict=True))
        self._new_ids, self._new_facts = array("Q"), array("I")

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

    def added(self) -> bytes:
        """What was new here, to be kept beside the piece."""
        return _pack(self._new_ids, self._new_facts)


def repeated(slices: Iterable[bytes]) -> dict[int, bytes]:
    """Which slices, counted from 1, hold ids of an earlier one, and what the first to hold them says of those."""
    first: dict[int, int] = {}
    found: dict[int, bytes] = {}
    for number, content in enumerate(slices, 1):
        ids, facts = _unpack(content)
        again = first.keys() & ids
        if again:
            found[number] = _pack(array("Q", again), array("I", [first[key] for key in again]))
        for key, said in zip(ids, facts, strict=True):
            first.setdefault(key, said)
    return found


def _pack(ids: array[int], facts: array[int]) -> bytes:
    return ids.tobytes() + facts.tobytes()


def _unpack(content: bytes) -> tuple[array[int], array[int]]:
    ids, facts = array("Q"), array("I")
    half = len(content) // (ids.itemsize + facts.itemsize) * ids.itemsize
    ids.frombytes(content[:half])
    facts.frombytes(content[half:])
    return ids, facts
