"""Our own code tables as an operator may give them: one CSV file each, with columns of ours.

A table is a list of rows, a row the texts of its columns in one way of writing, so the same rows are the same text and
have the same digest, whoever wrote them. What a row means is said where the kind of table is (``procedure_list`` and
its neighbours).
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class ListKind(StrEnum):
    """The tables that are ours."""

    PROCEDURES = "procedures"
    PLACES = "places"
    MODIFIERS = "modifiers"
    PAIRS = "core_pairs"


Cells = tuple[str, ...]
Read = Callable[[str], str]
MOST_NAMED = 5
MOST_LETTERS = 16
_DESCRIPTORS = re.compile(r"desc|text|title|definition|nomenclature")


class CellError(ValueError):
    """A cell that cannot be read; the message says what belongs there."""


class ListError(ValueError):
    """A file that is no table of this kind at all; ``code`` names the reason, the message says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Fault(NamedTuple):
    """What is wrong with a row: its line in the file, the column, and what belongs there."""

    line: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Column:
    """``read`` brings a cell into the one way of writing it. Raises CellError."""

    name: str
    read: Read
    meaning: str


@dataclass(frozen=True, slots=True)
class ListFormat:
    """How one kind of table is written. The first ``keys`` columns name a row. ``faults`` looks at rows as a whole."""

    kind: ListKind
    columns: tuple[Column, ...]
    faults: Callable[[dict[str, str]], Iterator[tuple[str, str]]]
    keys: int = 1
    across: Callable[[Sequence[Cells]], Iterator[tuple[int, str, str]]] = lambda rows: iter(())

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def key(self, row: Cells) -> Cells:
        return row[: self.keys]


class ReadList(NamedTuple):
    """``rows`` in order of their key; none where there are ``faults``."""

    rows: tuple[Cells, ...]
    faults: tuple[Fault, ...]
    rows_read: int


class _Lines(list[str]):
    """What a CSV writer writes to."""

    def write(self, line: str) -> None:
        self.append(line)


def _lines(text: str) -> list[str]:
    return [f"{line}\n" for line in text.removesuffix("\n").split("\n")]


def in_order(form: ListFormat, rows: Iterable[Cells]) -> tuple[Cells, ...]:
    return tuple(sorted(rows, key=lambda row: form.key(row)))


def as_text(form: ListFormat, rows: Iterable[Cells]) -> str:
    """The table as a CSV file, rows in order of their key: what is kept, exported, and digested."""
    out = _Lines()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(form.names)
    writer.writerows(in_order(form, rows))
    return "".join(out)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read_kept(form: ListFormat, text: str) -> tuple[Cells, ...]:
    """The rows of a text that ``as_text`` wrote. Raises ListError where its columns are of another time."""
    rows = csv.reader(_lines(text))
    if tuple(next(rows, ())) != form.names:
        raise ListError("other_columns", "The kept table has other columns than this version of the product reads.")
    return tuple(tuple(row) for row in rows)


def read_file(form: ListFormat, content: bytes) -> ReadList:
    """Every row of an operator's file. Raises ListError when it is no such table."""
    lines = csv.reader(_lines(_decoded(content)), strict=True)
    rows, faults, where = list[Cells](), list[Fault](), list[int]()
    seen: dict[Cells, int] = {}
    count = 0
    try:
        places = _places(form, next(lines, []))
        for cells in lines:
            if not any(cell.strip() for cell in cells):
                continue
            count += 1
            row, wrong = _row(form, places, cells, lines.line_num)
            if not wrong and (first := seen.setdefault(form.key(row), lines.line_num)) != lines.line_num:
                named = " and ".join(form.key(row))
                wrong = [Fault(lines.line_num, form.names[0], f"{named} stands in line {first} already.")]
            faults += wrong
            rows.append(row)
            where.append(lines.line_num)
    except csv.Error as error:
        raise ListError("not_csv", f"Line {lines.line_num} is no CSV: {error}.") from None
    if not faults:
        faults = [Fault(where[number], column, message) for number, column, message in form.across(rows)]
    return ReadList(() if faults else in_order(form, rows), tuple(faults), count)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ListError("not_text", "The file is no UTF-8 text. Save it as CSV UTF-8.") from None


def _places(form: ListFormat, heading: Sequence[str]) -> list[int]:
    """Where in a row each of our columns stands; every column must be there, and no other."""
    given = [name.strip().lower() for name in heading]
    strange = [name for name in given if name not in form.names]
    for name in strange:
        if _DESCRIPTORS.search(name):
            raise ListError(
                "descriptor",
                f"The column {name!r} looks like descriptor texts, which are the AMA's. Take it out; the column label "
                "is for your own words.",
            )
    missing = [name for name in form.names if name not in given]
    if missing or strange:
        said = [f"not known: {_named([repr(name) for name in strange])}"] * bool(strange)
        said += [f"missing: {_named(missing)}"] * bool(missing)
        raise ListError("other_columns", f"The first line must name the columns of this table; {'; '.join(said)}.")
    if len(set(given)) != len(given):
        raise ListError("other_columns", "The first line names a column twice.")
    return [given.index(name) for name in form.names]


def _named(names: Sequence[str]) -> str:
    """The first of them, shortened: a file of something else has many, and its own heading shows the rest."""
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return (
        ", ".join(name if len(name) <= MOST_LETTERS else f"{name[:MOST_LETTERS]}…" for name in names[:MOST_NAMED])
        + more
    )


def _row(form: ListFormat, places: Sequence[int], cells: Sequence[str], line: int) -> tuple[Cells, list[Fault]]:
    if len(cells) != len(places):
        return (), [Fault(line, form.names[0], f"The row has {len(cells)} cells; {len(places)} belong there.")]
    faults, row = list[Fault](), list[str]()
    for column, place in zip(form.columns, places, strict=True):
        try:
            row.append(column.read(cells[place].strip()))
        except CellError as error:
            faults.append(Fault(line, column.name, str(error)))
    if not faults:
        given = dict(zip(form.names, row, strict=True))
        faults = [Fault(line, column, message) for column, message in form.faults(given)]
    return tuple(row), faults
