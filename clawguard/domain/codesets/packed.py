"""Millions of dated rows about codes, in memory and in the database as a few flat arrays.

A row says something of one code, or of two in order, from its first to its last day. Two codes make one number, so the
rows of a pair are found by bisection; all rows over time are kept. A row takes fifteen bytes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

SIZE = 36**5  # a code is five letters or digits
NO_CODE = ""
EPOCH = dt.date(1990, 1, 1)
OPEN = 65_535  # day number of a row that has not ended
MOST = 65_535  # largest amount a row can hold
COLUMNS = ("Q", "H", "H", "H", "B")  # key, first day, last day, amount, mark
ROW_BYTES = 15


class Row(NamedTuple):
    """``first_day`` and ``last_day`` as day numbers, both included. What amount and mark mean is the table's affair."""

    key: int
    first_day: int
    last_day: int
    amount: int
    mark: int


def number_of(code: str) -> int:
    """Raises ValueError for anything but five upper-case letters or digits."""
    if len(code) != 5 or not code.isalnum() or not code.isascii() or code != code.upper():
        raise ValueError("not a procedure code")
    return int(code, 36)


def code_of(number: int) -> str:
    digits = []
    for _ in range(5):
        number, digit = divmod(number, 36)
        digits.append("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[digit])
    return "".join(reversed(digits))


def key_of(first: str, second: str = NO_CODE) -> int:
    """The number of an ordered pair, or of one code. ``00000`` is no code of anybody's and stands for none."""
    return number_of(first) * SIZE + (number_of(second) if second else 0)


def codes_of(key: int) -> tuple[str, str]:
    first, second = divmod(key, SIZE)
    return code_of(first), code_of(second) if second else NO_CODE


def day_number(day: dt.date) -> int:
    """Days since 1990; what is earlier counts as the first of them."""
    return min(max((day - EPOCH).days, 0), OPEN - 1)


def day_of(number: int) -> dt.date | None:
    return None if number == OPEN else EPOCH + dt.timedelta(days=number)


class PackedRows:
    """Rows in order of key, then first day. Immutable once built."""

    __slots__ = ("amounts", "first_days", "keys", "last_days", "marks")

    def __init__(self, columns: tuple[array[int], ...]) -> None:
        self.keys, self.first_days, self.last_days, self.amounts, self.marks = columns

    def __len__(self) -> int:
        return len(self.keys)

    def __iter__(self) -> Iterator[Row]:
        columns = (self.keys, self.first_days, self.last_days, self.amounts, self.marks)
        return map(Row._make, zip(*columns, strict=True))

    def rows(self, key: int) -> Iterator[Row]:
        """All rows over time of a key, oldest first."""
        return self.rows_between(key, key)

    def rows_between(self, least: int, most: int) -> Iterator[Row]:
        """The rows of every key from ``least`` to ``most``: those of one first code, for instance."""
        index = bisect_left(self.keys, least)
        while index < len(self.keys) and self.keys[index] <= most:
            yield Row(
                self.keys[index], self.first_days[index], self.last_days[index], self.amounts[index], self.marks[index]
            )
            index += 1

    def digest(self) -> str:
        """The same rows give the same digest, whatever file they came in."""
        sha = hashlib.sha256()
        for block in self.blocks(len(self) or 1):
            sha.update(block)
        return sha.hexdigest()

    def blocks(self, size: int) -> Iterator[bytes]:
        """The rows as little-endian bytes, ``size`` rows at a time."""
        for start in range(0, len(self), size):
            columns = (self.keys, self.first_days, self.last_days, self.amounts, self.marks)
            yield b"".join(_little(column[start : start + size]).tobytes() for column in columns)


class RowBuilder:
    """Collects rows in any order. ``build`` sorts them and drops rows that were given twice."""

    def __init__(self) -> None:
        self.columns: tuple[array[int], ...] = tuple(array(kind) for kind in COLUMNS)

    def __len__(self) -> int:
        return len(self.columns[0])

    def add(self, key: int, first_day: int, last_day: int, amount: int, mark: int) -> None:
        keys, first_days, last_days, amounts, marks = self.columns
        keys.append(key)
        first_days.append(first_day)
        last_days.append(last_day)
        amounts.append(amount)
        marks.append(mark)

    def add_block(self, block: bytes) -> None:
        """Rows that ``PackedRows.blocks`` or ``drain`` gave. Raises ValueError for bytes that hold no whole rows."""
        count, rest = divmod(len(block), ROW_BYTES)
        if rest:
            raise ValueError("a block of rows was cut")
        at = 0
        for column in self.columns:
            part = array(column.typecode)
            part.frombytes(block[at : at + count * part.itemsize])
            at += count * part.itemsize
            column.extend(_little(part))

    def drain(self) -> bytes:
        """What was collected as one block; the builder is empty again."""
        block = b"".join(_little(column).tobytes() for column in self.columns)
        self.columns = tuple(array(kind) for kind in COLUMNS)
        return block

    def build(self) -> PackedRows:
        """Files mostly come in order, so they are sorted only if they do not."""
        if not self._in_order():
            self._sort()
        return PackedRows(self.columns)

    def _in_order(self) -> bool:
        """Whether the rows strictly rise, so that none of them is there twice either."""
        before: tuple[int, ...] = ()
        for now in zip(*self.columns, strict=True):
            if now <= before:
                return False
            before = now
        return True

    def _sort(self) -> None:
        old = self.columns
        joined = [
            (((key << 16 | first) << 16 | last) << 16 | amount) << 8 | mark
            for key, first, last, amount, mark in zip(*old, strict=True)
        ]
        joined.sort()
        self.columns = tuple(array(kind) for kind in COLUMNS)
        before = -1
        for row in joined:
            if row != before:
                self.add(row >> 56, row >> 40 & MOST, row >> 24 & MOST, row >> 8 & MOST, row & 255)
            before = row


def build_rows(rows: Iterable[tuple[int, int, int, int, int]]) -> PackedRows:
    builder = RowBuilder()
    for row in rows:
        builder.add(*row)
    return builder.build()


def told_twice(rows: PackedRows) -> int:
    """How many rows begin on the same day as the row before them, about the same codes."""
    keys, first_days = rows.keys, rows.first_days
    pairs = zip(keys, first_days, strict=True)
    before, count = (-1, -1), 0
    for now in pairs:
        count += now == before
        before = now
    return count


def _little(values: array[int]) -> array[int]:
    if sys.byteorder == "little":
        return values
    turned = values[:]
    turned.byteswap()
    return turned
