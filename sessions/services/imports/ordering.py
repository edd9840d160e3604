"""Putting the sessions of a file in order before any of them is stored: by day, start and id, whatever rows they were.

What two sessions say together is told on the one that arrived later, so the order of rows must not decide it. Each
piece is in order in itself; where pieces reach into each other they are merged, as many at once as memory allows, into
pieces of the same sizes. What was read stays as it is: work that was killed is done again from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import islice, pairwise
from typing import NamedTuple
from uuid import UUID

from sessions.intake import vault
from sessions.intake.record import Order, order_of_packed, pack_lines, unpack_lines

MOST_AT_ONCE = 40  # pieces in memory: of 2,500 rows they take about a megabyte each


class _Piece(NamedTuple):
    """A sealed piece that is in order in itself."""

    number: int
    size: int
    first: Order
    last: Order


_Run = Sequence[_Piece]  # one after the other they are in order


def put_in_order(batch_id: UUID, pieces: int) -> None:
    """Have ``vault.read_ordered`` give the sessions of all pieces, from 1 to ``pieces``, in order. Raises Gone."""
    vault.forget(batch_id, vault.ORDERED, vault.IDS)
    read = [_look_at(batch_id, number, unpack_lines(vault.read_piece(batch_id, number))) for number in _from_1(pieces)]
    given = [piece for piece in read if piece is not None]
    if all(one.last <= other.first for one, other in pairwise(given)):
        return
    runs: list[_Run] = [[piece] for piece in sorted(given, key=lambda piece: piece.first)]
    number = vault.BETWEEN
    while _open_at_once(runs) > MOST_AT_ONCE:
        merged: list[_Run] = []
        for place in range(0, len(runs), MOST_AT_ONCE):
            some = runs[place : place + MOST_AT_ONCE]
            sizes = [piece.size for run in some for piece in run]
            merged.append(_merge(batch_id, some, list(zip(range(number, number + len(sizes)), sizes, strict=True))))
            number += len(sizes)
        runs = merged
    kept = {piece.number: piece.size for piece in given}
    _merge(batch_id, runs, [(vault.ORDERED + number, kept.get(number, 0)) for number in _from_1(pieces)])
    vault.make_lasting(batch_id, vault.ORDERED, vault.BETWEEN)
    vault.forget(batch_id, vault.BETWEEN, vault.IDS)


def _from_1(pieces: int) -> range:
    return range(1, pieces + 1)


def _look_at(batch_id: UUID, number: int, lines: Sequence[str]) -> _Piece | None:
    if not lines:
        return None
    return _Piece(number, len(lines), order_of_packed(lines[0]), order_of_packed(lines[-1]))


def _open_at_once(runs: Sequence[_Run]) -> int:
    """The most pieces that are in memory while ``runs`` are merged: of each run one, from its first session to its
    last."""
    ends = [((run[0].first, 0), 1) for run in runs] + [((run[-1].last, 1), -1) for run in runs]
    most = now = 0
    for _, change in sorted(ends):
        now += change
        most = max(most, now)
    return most


def _merge(batch_id: UUID, runs: Sequence[_Run], into: Iterable[tuple[int, int]]) -> list[_Piece]:
    """The sessions of ``runs`` in order, cut ``into`` pieces of a number and a size."""
    lines = (line for _, line in merge(*(_lines(batch_id, run) for run in runs)) if line)
    made = []
    for number, size in into:
        some = list(islice(lines, size))
        vault.keep_piece(batch_id, number, pack_lines(some), lasting=False)
        made.append(_look_at(batch_id, number, some))
    return [piece for piece in made if piece is not None]


def _lines(batch_id: UUID, run: _Run) -> Iterator[tuple[Order, str]]:
    """The lines of a run with their places. A piece is opened once its first line is due: the empty line before it
    holds its place until then."""
    for piece in run:
        yield piece.first, ""
        for line in unpack_lines(vault.read_piece(batch_id, piece.number)):
            yield order_of_packed(line), line
