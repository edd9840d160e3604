"""The rows of an official file as packed entries, and what is wrong with rows that cannot be read.

Headings are found by what they say, since their number differs by file and year.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import NamedTuple

from clawguard.domain.codesets import TableKind
from clawguard.domain.codesets.packed import Row
from sessions.codesets.ncci import add_ons, pairs, units
from sessions.codesets.ncci.archive import Cells, Sheet, Unfit
from sessions.codesets.ncci.cells import Headings, RowFault

MOST_HEADING_LINES = 60
READERS = {TableKind.PAIRS: pairs, TableKind.UNITS: units, TableKind.ADD_ONS: add_ons}
NAMES = {
    TableKind.PAIRS: "a table of code pairs for practitioners",
    TableKind.UNITS: "a table of unit limits for practitioners",
    TableKind.ADD_ONS: "a list of add-on codes",
}


class Faulty(NamedTuple):
    """A row that cannot be read: where it stands and what to do."""

    line: int
    code: str
    message: str


def read_entries(kind: TableKind, sheet: Sheet, skip: int = 0) -> Iterator[Row | Faulty | None]:
    """Every row below the headings, but for the first ``skip`` of them; ``None`` for an empty one.

    Raises Unfit when there are no headings of such a table.
    """
    headings, rows = _headings(kind, sheet.rows)
    read = READERS[kind].reader(headings)
    for line, cells in islice(rows, skip, None):
        try:
            yield read(cells) if any(cells) else None
        except RowFault as fault:
            yield Faulty(line, fault.code, fault.message)


def _headings(kind: TableKind, rows: Iterator[tuple[int, Cells]]) -> tuple[Headings, Iterator[tuple[int, Cells]]]:
    """The text above each column, wrapped lines joined, and the rows from the first one that holds a code."""
    above: list[str] = []
    for line, cells in rows:
        if READERS[kind].begins(cells):
            headings = Headings(tuple(above))
            _check(kind, headings)
            return headings, chain([(line, cells)], rows)
        if line > MOST_HEADING_LINES:
            break
        above += [""] * (len(cells) - len(above))
        above = [f"{text} {cell}" for text, cell in zip(above, chain(cells, [""] * len(above)), strict=False)]
    raise Unfit("not_this_table", f"This is not {NAMES[kind]}: no row of codes was found in its first lines.")


def _check(kind: TableKind, headings: Headings) -> None:
    fault = READERS[kind].unfit(headings)
    if fault:
        raise Unfit("not_this_table", f"This is not {NAMES[kind]}: {fault}")
