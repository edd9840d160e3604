"""CSV tables: a header, one session per row; lists flattened as docs/imports/csv.md describes."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

from sessions.intake.readers.csv_columns import Columns, columns_of, suggest_mapping
from sessions.intake.readers.lines import Lines
from sessions.intake.readers.rows import Chunks, Row, RowProblem, label_of

__all__ = ["csv_headers", "csv_preview", "read_csv", "suggest_mapping"]

# What stands between ":" in one entry of `lines`; later parts may be left out.
LINE_PARTS = ("code", "modifiers", "units", "charge", "diagnosis_pointers", "minutes", "em_basis", "start", "end")
_INTEGERS = frozenset({"minutes", "group_size", "units"})
_BOOLEAN_FIELDS = frozenset({"client_present", "documented.crisis"})
_BOOLEANS = {"true": True, "yes": True, "y": True, "1": True, "false": False, "no": False, "n": False, "0": False}
_BASIC_INSTANT = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d)(\d\d)?", re.ASCII)
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
    for record in _records(chunks):
        if record.number > rows:
            return
        if record.cells:
            yield [cell.strip() for cell in record.cells]


def read_csv(chunks: Chunks, mapping: Mapping[str, str] | None = None) -> Iterator[Row]:
    """A row per table row that is not blank. ``mapping`` is field → column name; without it names must be known.

    With a header that cannot be used, one row (number 1) lists everything wrong with it and nothing else is read.
    """
    columns: Columns | None = None
    for record in _records(chunks):
        if columns is None:
            columns, problems = columns_of(record.cells, mapping)
            if record.problems or problems:
                yield Row(1, None, [*record.problems, *problems])
                return
        elif record.problems:
            yield Row(record.number, None, record.problems)
        elif any(cell.strip() for cell in record.cells):
            yield _row(record.number, record.cells, columns)
    if columns is None:
        yield Row(1, None, [RowProblem("file_empty", "The file has no header row.")])


def _records(chunks: Chunks) -> Iterator[_Record]:
    """Rows counted as a spreadsheet counts them, blank ones included."""
    lines = Lines(chunks)
    source = iter(lines)
    first = next(source, None)
    if first is None:
        return
    reader = csv.reader(chain([first], source), delimiter=_delimiter(first), strict=True)
    number = before = 0
    while True:
        number += 1
        try:
            cells = next(reader)
            problems = []
        except StopIteration:
            return
        except csv.Error:
            cells = []
            where = f"lines {before + 1} to {reader.line_num}" if reader.line_num > before + 1 else "the row"
            problems = [RowProblem("csv_quoting", f"A quote is not closed or stands inside a cell; {where} not read.")]
        problems += [RowProblem(code, message) for code, message in lines.taken(before + 1, reader.line_num)]
        before = reader.line_num
        yield _Record(number, cells, problems)


def _delimiter(header: str) -> str:
    """Comma, or what a spreadsheet of another country writes; names of columns hold none of them."""
    return max((",", "\t", ";"), key=header.count)


def _row(number: int, cells: list[str], columns: Columns) -> Row:
    if len(cells) != columns.width:
        message = f"The row has {len(cells)} cells, the header {columns.width}; a cell with a comma needs quotes."
        return Row(number, None, [RowProblem("cell_count", message)])
    values = {field: cells[position].strip() for field, position in columns.index.items()}
    raw: dict[str, Any] = {"provider": {}, "client": {}, "payer": {}}
    for field, text in values.items():
        if not text or field in ("lines", "code", "modifiers", "units", "charge"):
            continue
        group, _, name = field.rpartition(".")
        target = raw.setdefault(group, {}) if group else raw
        target[name] = _value(field, text)
    raw["service_lines"] = _service_lines(values)
    return Row(number, raw, label=label_of(raw), columns=columns.names)


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
