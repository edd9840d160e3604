"""The table of modifiers as a file of ours: its columns and the values they stand for.

There is no column for descriptors, which are the AMA's where a modifier is of digits; ``label`` is for own words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from clawguard.domain.codesets import list_cells as cells
from clawguard.domain.codesets.lists import Cells, Column, ListFormat, ListKind, as_text, digest
from clawguard.domain.codesets.modifier_rows import MODIFIER_VERSION, MODIFIERS
from clawguard.domain.codesets.modifiers import KINDS, Modifier, ModifierTable, modifier_table

COLUMNS = (
    Column("modifier", cells.modifier, "its two letters or digits"),
    Column("label", cells.label_or_nothing, "what it says, in your own words; no descriptor of the AMA"),
    Column("kind", cells.one_of(KINDS), "what it speaks of, which decides which rules look at it"),
    Column("contradicts", cells.modifiers, "modifiers that cannot stand on the same line; each of them names this one"),
    Column("same_as", cells.modifiers, "modifiers that say the same, of which one is enough; likewise"),
    Column("valid_from", cells.day, "first date of service; nothing: as long as anybody asks"),
    Column("valid_to", cells.day, "last date of service; nothing: still valid"),
)
_CONTRADICTS, _SAME_AS = 3, 4


def _faults(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    yield from cells.period_faults(row)
    contradicts, same_as = row["contradicts"].split(), row["same_as"].split()
    for column, named in (("contradicts", contradicts), ("same_as", same_as)):
        if row["modifier"] in named:
            yield column, "A modifier is not named beside itself."
    if both := set(contradicts).intersection(same_as):
        yield "same_as", f"{min(both)} stands under contradicts, too."


def _across(rows: Sequence[Cells]) -> Iterator[tuple[int, str, str]]:
    """Whom a row names must be there and name it back, so that one of two rows cannot be changed without the other."""
    by_code = {row[0]: row for row in rows}
    for number, row in enumerate(rows):
        for place in (_CONTRADICTS, _SAME_AS):
            for other in row[place].split():
                if other not in by_code:
                    yield number, COLUMNS[place].name, f"{other} is no modifier of this table."
                elif row[0] not in by_code[other][place].split():
                    yield number, COLUMNS[place].name, f"It names {other}; the row of {other} does not name {row[0]}."


FORMAT = ListFormat(ListKind.MODIFIERS, COLUMNS, _faults, across=_across)


def modifier_of(row: Cells) -> Modifier:
    """What a row that ``FORMAT`` has read stands for."""
    code, label, kind, contradicts, same_as, first, last = row
    return Modifier(
        code,
        label,
        kind,
        frozenset(contradicts.split()),
        frozenset(same_as.split()),
        cells.as_day(first),
        cells.as_day(last),
    )


def row_of(modifier: Modifier) -> Cells:
    """The reverse of ``modifier_of``."""
    partners = (" ".join(sorted(named)) for named in (modifier.contradicts, modifier.same_as))
    days = (_day(modifier.first_day), _day(modifier.last_day))
    return (modifier.code, modifier.label, modifier.kind, *partners, *days)


def _day(day: dt.date | None) -> str:
    return "" if day is None else day.isoformat()


def table_of(rows: Iterable[Cells], version: str, name: str) -> ModifierTable:
    return modifier_table(version, name, map(modifier_of, rows))


PACKAGED_TEXT = as_text(FORMAT, map(row_of, MODIFIERS.values()))
PACKAGED = modifier_table(digest(PACKAGED_TEXT), f"modifiers {MODIFIER_VERSION}", MODIFIERS.values())
