"""Which tables are ours: their formats, the rows that come with the product, and the values that rows stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from clawguard.domain.codesets import modifier_list, pair_list, place_list, procedure_list
from clawguard.domain.codesets.comparing import ChangeKind
from clawguard.domain.codesets.lists import Cells, ListFormat, ListKind, digest, read_kept

NAMED = 8  # characters of a version that tell it from others


@dataclass(frozen=True, slots=True)
class OurTable:
    """``part`` names the field of ``CodeTables`` that holds its value; ``build`` makes one of rows and a version."""

    form: ListFormat
    packaged: str  # the rows that come with the product, as text
    packaged_value: Any
    part: str
    build: Callable[[Sequence[Cells], str, str], Any]

    @property
    def packaged_version(self) -> str:
        return digest(self.packaged)

    def value(self, text: str) -> Any:
        """What the rows of a kept text stand for, under the name by which findings cite them. Raises ListError."""
        version = digest(text)
        if version == self.packaged_version:
            return self.packaged_value
        return self.build(read_kept(self.form, text), version, f"{self.form.kind} {version[:NAMED]}")


def _procedures(rows: Sequence[Cells], version: str, name: str) -> Any:
    return procedure_list.table_of(rows, version, name, name)


OURS: Mapping[ListKind, OurTable] = MappingProxyType(
    {
        ListKind.PROCEDURES: OurTable(
            procedure_list.FORMAT,
            procedure_list.PACKAGED_TEXT,
            procedure_list.PACKAGED,
            "procedures",
            _procedures,
        ),
        ListKind.PLACES: OurTable(
            place_list.FORMAT, place_list.PACKAGED_TEXT, place_list.PACKAGED, "places", place_list.table_of
        ),
        ListKind.MODIFIERS: OurTable(
            modifier_list.FORMAT,
            modifier_list.PACKAGED_TEXT,
            modifier_list.PACKAGED,
            "modifiers",
            modifier_list.table_of,
        ),
        ListKind.PAIRS: OurTable(
            pair_list.FORMAT, pair_list.PACKAGED_TEXT, pair_list.PACKAGED, "pairs", pair_list.table_of
        ),
    }
)


class ListChange(NamedTuple):
    """``before`` and ``after`` hold the columns that differ; of a row that came or went, all that are filled."""

    kind: ChangeKind
    key: Cells
    before: Mapping[str, str]
    after: Mapping[str, str]


def changes(form: ListFormat, old: Sequence[Cells], new: Sequence[Cells]) -> Iterator[ListChange]:
    """What differs between two versions of a table, in order of key."""
    olds, news = ({form.key(row): dict(zip(form.names, row, strict=True)) for row in rows} for rows in (old, new))
    for key in sorted(olds.keys() | news.keys()):
        before, after = olds.get(key), news.get(key)
        if before is None or after is None:
            kind = ChangeKind.ADDED if before is None else ChangeKind.WITHDRAWN
            yield ListChange(kind, key, _filled(form, before), _filled(form, after))
        elif before != after:
            names = [name for name in form.names if before[name] != after[name]]
            told = ({name: row[name] for name in names} for row in (before, after))
            yield ListChange(_kind(names, before, after), key, *told)


def _filled(form: ListFormat, row: Mapping[str, str] | None) -> Mapping[str, str]:
    return {name: cell for name, cell in (row or {}).items() if cell and name not in form.names[: form.keys]}


def _kind(names: Sequence[str], before: Mapping[str, str], after: Mapping[str, str]) -> ChangeKind:
    if not {"valid_from", "valid_to"}.issuperset(names):
        return ChangeKind.CHANGED
    ended = names == ["valid_to"] and not before["valid_to"] and after["valid_to"]
    return ChangeKind.ENDED if ended else ChangeKind.DATES
