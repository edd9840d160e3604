"""Pieces of a file put in order: every session once, sizes kept, what was read left as it was, no more than needed."""

from __future__ import annotations

import random
from itertools import pairwise
from uuid import UUID, uuid4

import pytest

from clawguard.domain.submission import parse
from sessions.intake import vault
from sessions.intake.record import Record, order_of, order_of_packed, order_of_record, pack, record_of, unpack
from sessions.services.imports import ordering
from tests.builders import NOW
from tests.sessions.crowded import crowd


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def records(count: int = 60) -> list[Record]:
    return [record_of(parse(body, now=NOW)[0], row) for row, body in enumerate(crowd(5, count, days=9), 1)]


def kept(pieces: list[list[Record]]) -> UUID:
    batch = uuid4()
    for number, piece in enumerate(pieces, 1):
        vault.keep_piece(batch, number, pack(sorted(piece, key=order_of_record)))
    return batch


def cut(rows: list[Record], size: int) -> list[list[Record]]:
    return [rows[first : first + size] for first in range(0, len(rows), size)]


def given(batch: UUID, pieces: int) -> list[list[Record]]:
    return [unpack(vault.read_ordered(batch, number)) for number in range(1, pieces + 1)]


def names(batch: UUID) -> list[str]:
    return sorted(path.name for path in vault.folder(batch).iterdir())


@pytest.mark.parametrize("most", [2, 3, 40])
@pytest.mark.parametrize("size", [1, 7, 100])
def test_all_sessions_in_order_in_pieces_of_the_same_sizes(size, most, monkeypatch):
    monkeypatch.setattr(ordering, "MOST_AT_ONCE", most)
    rows = records()
    pieces = [*cut(rows, size), []]
    batch = kept(pieces)
    ordering.put_in_order(batch, len(pieces))
    found = given(batch, len(pieces))
    assert [record for piece in found for record in piece] == sorted(rows, key=order_of_record)
    assert [len(piece) for piece in found] == [len(piece) for piece in pieces]
    assert unpack(vault.read_piece(batch, 1)) == sorted(pieces[0], key=order_of_record)
    assert not [name for name in names(batch) if int(name) >= vault.BETWEEN]


def test_a_file_in_order_is_left_alone():
    pieces = cut(sorted(records(), key=order_of_record), 7)
    batch = kept(pieces)
    before = names(batch)
    ordering.put_in_order(batch, len(pieces))
    assert names(batch) == before and given(batch, len(pieces)) == pieces


def test_what_a_killed_worker_left_is_not_taken_for_the_file():
    pieces = cut(sorted(records(), key=order_of_record), 7)
    batch = kept(pieces)
    vault.keep_piece(batch, vault.ORDERED + 1, pack(pieces[3]))
    vault.keep_piece(batch, vault.BETWEEN + 5, pack(pieces[3]))
    ordering.put_in_order(batch, len(pieces))
    assert given(batch, len(pieces)) == pieces


def test_no_more_pieces_are_in_memory_than_may_be(monkeypatch):
    """Counted by what is opened: of pieces that hardly reach into each other a merge needs no rounds."""
    opened = []
    read = vault.read_piece
    monkeypatch.setattr(vault, "read_piece", lambda batch, number: opened.append(number) or read(batch, number))
    monkeypatch.setattr(ordering, "MOST_AT_ONCE", 2)
    rows = sorted(records(), key=order_of_record)
    pieces = cut(rows, 6)
    for one, other in pairwise(pieces):
        one[-1], other[0] = other[0], one[-1]
    ordering.put_in_order(kept(pieces), len(pieces))
    assert max(opened) < vault.ORDERED and len(opened) == 2 * len(pieces)
    opened.clear()
    shuffled = cut(random.Random(1).sample(rows, len(rows)), 6)
    ordering.put_in_order(kept(shuffled), len(shuffled))
    assert max(opened) >= vault.BETWEEN


def test_one_order_in_every_form():
    bodies = crowd(5, 60)
    assert any(body["start"] is None for body in bodies)
    facts = [parse(body, now=NOW)[0].facts for body in bodies]
    made = [record_of(parse(body, now=NOW)[0]) for body in bodies]
    lines = pack(made).decode().split("\n")
    assert list(map(order_of, facts)) == list(map(order_of_record, made)) == list(map(order_of_packed, lines))


def test_an_instant_counts_whatever_its_offset_and_none_comes_last():
    body = crowd(5, 1)[0]
    at = {**body, "minutes": None, "date_of_service": "2026-09-14"}

    def place(start: str | None, external_id: str = "S-1"):
        end = None if start is None else "2026-09-14T16:00:00Z"
        changed = {**at, "start": start, "end": end, "external_id": external_id}
        return order_of(parse(changed, now=NOW)[0].facts)

    assert place("2026-09-14T14:00:00Z") == place("2026-09-14T10:00:00-04:00")
    assert place("2026-09-14T14:00:00Z") < place("2026-09-14T11:00:00-04:00") < place(None)
    assert place(None, "S-1") < place(None, "S-2")
