"""Our core pairs of codes as a file of ours: its columns and the values they stand for."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from clawguard.domain.codesets import list_cells as cells
from clawguard.domain.codesets.lists import Cells, Column, ListFormat, ListKind, as_text, digest
from clawguard.domain.codesets.pairs import CORE_PAIRS, CORE_TABLE, Pair, PairTable, index_pairs

NEVER, SEPARATE = "never", "separate"

COLUMNS = (
    Column("paid", cells.code, "the code that is paid when both are billed"),
    Column("unpaid", cells.code, "the code that is not"),
    Column("valid_from", cells.day_needed, "first date of service"),
    Column("together", cells.one_of((NEVER, SEPARATE)), "never paid together, or only as separate services"),
    Column("valid_to", cells.day, "last date of service; nothing: still valid"),
)


def _faults(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    yield from cells.period_faults(row)
    if row["paid"] == row["unpaid"]:
        yield "unpaid", "Two different codes make a pair."


def _across(rows: Sequence[Cells]) -> Iterator[tuple[int, str, str]]:
    """Of two codes, in whichever order, one row at most holds on a day."""
    about: dict[frozenset[str], list[tuple[str, str, int]]] = defaultdict(list)
    for number, (paid, unpaid, first, _, last) in enumerate(rows):
        about[frozenset((paid, unpaid))].append((first, last or "9999", number))
    for codes, periods in about.items():
        periods.sort()
        for (_, last, _), (first, _, number) in pairwise(periods):
            if first <= last:
                yield number, "valid_from", f"Another row about {' and '.join(sorted(codes))} holds on {first}."


FORMAT = ListFormat(ListKind.PAIRS, COLUMNS, _faults, keys=3, across=_across)


def pair_of(row: Cells, table: str) -> Pair:
    """What a row that ``FORMAT`` has read stands for; ``table`` is what a finding cites."""
    paid, unpaid, first, together, last = row
    return Pair(paid, unpaid, together == SEPARATE, dt.date.fromisoformat(first), cells.as_day(last), table)


def row_of(pair: Pair) -> Cells:
    """The reverse of ``pair_of``."""
    last = "" if pair.last_day is None else pair.last_day.isoformat()
    return (pair.first, pair.second, pair.first_day.isoformat(), SEPARATE if pair.separable else NEVER, last)


def table_of(rows: Iterable[Cells], version: str, name: str) -> PairTable:
    return PairTable(version, name, index_pairs(tuple(pair_of(row, name) for row in rows)))


PACKAGED_TEXT = as_text(FORMAT, map(row_of, CORE_PAIRS))
PACKAGED = PairTable(digest(PACKAGED_TEXT), CORE_TABLE, index_pairs(CORE_PAIRS))
