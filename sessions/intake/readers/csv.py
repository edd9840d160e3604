"""CSV tables: a header, one session per row; lists flattened as docs/imports/csv.md describes."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

from sessions.intake.readers.csv_columns import ONE_LINE, Columns, columns_of, suggest_mapping
from sessions.intake.readers.lines import Lines
from sessions.intake.readers.rows import BARE, Chunks, Place, Row, RowProblem, label_of

__all__ = ["csv_headers", "csv_preview", "read_csv", "suggest_mapping"]

# What stands between ":" in one entry of `lines`; later parts may be left out.
LINE_PARTS = ("code", "modifiers", "units", "charge", "diagnosis_pointers", "minutes", "em_basis", "start", "end")
_INTEGERS = frozenset({"minutes", "group_size", "units"})
_BOOLEAN_FIELDS = frozenset({"client_present", "documented.crisis"})
_BOOLEANS = {"true": True, "yes": True, "y": True, "1": True, "false": False, "no": False, "n": False, "0": False}
_BASIC_INSTANT = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d)(\d\d)?", re.ASCII)
_CONVERTED = _INTEGERS | _BOOLEAN_FIELDS | {"diagnoses"}
_OF_LINES = ("lines", *ONE_LINE)
MOST_SHARED = 8192  # kept of one file; none of it tells of a client
_MANY = re.compile(r"[+,\s]+")


class _Record(NamedTuple):
    """One row of the table, or why it could not be split into cells."""

    number: int
    cells: list[str]
    problems: list[RowProblem]


def csv_headers(chunks: Chunks) -> list[str]:
    """The column names of the first row; empty for an empty file."""
    return next(csv_preview(chunks, 1), [])


def csv_preview(chunks: Chunks, rows: int) -> Iterator[list[str]]:
    """The first ``rows`` rows as they stand, header included; rows that cannot be split are left out."""
    for record in _records(chunks, Place()):
        if record.number > rows:
            return
        if record.cells:
            yield [cell.strip() for cell in record.cells]


def read_csv(
    chunks: Chunks, mapping: Mapping[str, str] | None = None, place: Place | None = None, *, bare: bool = False
) -> Iterator[Row]:
    """A row per table row that is not blank. ``mapping`` is field → column name; without it names must be known.

    With a header that cannot be used, one row (number 1) lists everything wrong with it and nothing else is read.
    ``place`` follows the rows; given as an earlier reading left it, reading goes on there. With ``bare`` as many rows
    come, and what good ones say is not looked at.
    """
    place = place or Place()
    make = _Rows(columns_of(place.header, mapping)[0]) if place.header else None
    for record in _records(chunks, place):
        if make is None:
            columns, problems = columns_of(record.cells, mapping)
            if record.problems or problems:
                yield Row(1, None, [*record.problems, *problems])
                return
            make, place.header = _Rows(columns), record.cells
        elif record.problems:
            yield Row(record.number, None, record.problems)
        elif any(map(str.strip, record.cells)):
            yield BARE if bare else make.row(record.number, record.cells)
    if make is None:
        yield Row(1, None, [RowProblem("file_empty", "The file has no header row.")])


def _records(chunks: Chunks, place: Place) -> Iterator[_Record]:
    """Rows counted as a spreadsheet counts them, blank ones included."""
    begun = place.number > 0
    lines, base = Lines(chunks, place), place.lines
    source = iter(lines)
    first = next(source, None)
    if first is None:
        return
    if not begun:
        place.delimiter = _delimiter(first)
    reader = csv.reader(chain([first], source), delimiter=place.delimiter, strict=True)
    number, before = place.number, 0
    while True:
        number += 1
        try:
            cells = next(reader)
            problems = []
        except StopIteration:
            return
        except csv.Error:
            cells = []
            first_line, last_line = base + before + 1, base + reader.line_num
            where = f"lines {first_line} to {last_line}" if last_line > first_line else "the row"
            problems = [RowProblem("csv_quoting", f"A quote is not closed or stands inside a cell; {where} not read.")]
        problems += [RowProblem(code, message) for code, message in lines.taken(before + 1, reader.line_num)]
        before = reader.line_num
        place.number, place.lines = number, base + before
        yield _Record(number, cells, problems)


def _delimiter(header: str) -> str:
    """Comma, or what a spreadsheet of another country writes; names of columns hold none of them."""
    return max((",", "\t", ";"), key=header.count)


class _Rows:
    """From cells to the JSON shape, by a header worked out once.

    Most rows of a file say the same of provider, payer and service lines as another one: what the same cells come to is
    made once and shared, so nobody may change it.
    """

    _SHARED = ("provider", "payer")

    def __init__(self, columns: Columns) -> None:
        self.width, self.names = columns.width, columns.names
        own: list[tuple[int, str, str]] = []
        groups: dict[str, list[tuple[int, str, str]]] = {}
        for field, position in columns.index.items():
            group, _, name = field.rpartition(".")
            if field not in _OF_LINES:
                (groups.setdefault(group, []) if group else own).append((position, field, name))
        self.own = own
        self.groups = [(name, entries) for name, entries in groups.items() if name not in self._SHARED]
        self.shared = [(name, groups[name], _getter(groups[name])) for name in self._SHARED if name in groups]
        self.lines = {field: columns.index[field] for field in _OF_LINES if field in columns.index}
        self.line_cells = itemgetter(*self.lines.values()) if self.lines else len
        self.known: dict[Any, Any] = {}

    def row(self, number: int, cells: list[str]) -> Row:
        if len(cells) != self.width:
            message = f"The row has {len(cells)} cells, the header {self.width}; a cell with a comma needs quotes."
            return Row(number, None, [RowProblem("cell_count", message)])
        raw: dict[str, Any] = {"provider": {}, "client": {}, "payer": {}}
        _fill(raw, self.own, cells)
        for name, entries in self.groups:
            found = _fill({}, entries, cells)
            if found or name == "client":
                raw[name] = found
        for name, entries, cells_of in self.shared:
            raw[name] = self._once((name, cells_of(cells)), partial(_fill, {}, entries, cells))
        raw["service_lines"] = self._once(("lines", self.line_cells(cells)), partial(self._service_lines, cells))
        return Row(number, raw, label=label_of(raw), columns=self.names)

    def _once(self, key: Any, make: Callable[[], Any]) -> Any:
        found = self.known.get(key)
        if found is None:
            if len(self.known) >= MOST_SHARED:
                self.known.clear()
            found = self.known[key] = make()
        return found

    def _service_lines(self, cells: list[str]) -> list[dict[str, Any]]:
        return _service_lines({field: cells[position].strip() for field, position in self.lines.items()})


def _getter(entries: list[tuple[int, str, str]]) -> Callable[[list[str]], Any]:
    return itemgetter(*[position for position, _, _ in entries])


def _fill(target: dict[str, Any], entries: list[tuple[int, str, str]], cells: list[str]) -> dict[str, Any]:
    """The cells that hold something, in the JSON shape, under their names."""
    for position, field, name in entries:
        text = cells[position]
        if text and (text := text.strip()):
            target[name] = _value(field, text) if field in _CONVERTED else text
    return target


def _value(field: str, text: str) -> Any:
    """The cell in the JSON shape where it plainly is one; otherwise the text, for the parser to refuse."""
    if field in _INTEGERS:
        return _integer(text)
    if field in _BOOLEAN_FIELDS:
        return _BOOLEANS.get(text.lower(), text)
    if field == "diagnoses":
        return [part for part in (piece.strip() for piece in text.split(";")) if part]
    return text


def _integer(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else text


def _service_lines(values: Mapping[str, str]) -> list[dict[str, Any]]:
    if "code" in values:
        return [_line([values.get(name, "") for name in LINE_PARTS[:4]])]
    return [_line(entry.split(":")) for entry in values.get("lines", "").split(";") if entry.strip()]


def _line(parts: list[str]) -> dict[str, Any]:
    """One billed line. A part too many becomes a field the parser refuses by name, so that it is not lost."""
    line: dict[str, Any] = {}
    for name, part in zip(LINE_PARTS, parts, strict=False):
        text = part.strip()
        if not text:
            continue
        if name == "modifiers":
            line[name] = [piece for piece in _MANY.split(text) if piece]
        elif name == "diagnosis_pointers":
            line[name] = [_integer(piece) for piece in _MANY.split(text) if piece]
        elif name in ("start", "end"):
            line[name] = _instant(text)
        else:
            line[name] = _integer(text) if name in _INTEGERS else text
    if len(parts) > len(LINE_PARTS):
        line["more_than_nine_parts"] = len(parts)
    return line


def _instant(text: str) -> str:
    """20260318T100200-0400 with its colons, which stand between the parts of a line and so cannot stand in it."""
    match = _BASIC_INSTANT.fullmatch(text)
    if match is None:
        return text
    year, month, day, hour, minute, second, zone, zone_minutes = match.groups()
    offset = zone if zone == "Z" else f"{zone}:{zone_minutes or '00'}"
    return f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{offset}"
