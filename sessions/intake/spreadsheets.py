"""Tables for people's spreadsheets: a cell that a spreadsheet would take for a formula is made plain text."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

STARTS_FORMULA = frozenset("=+-@|%\t\r\n")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def safe_cell(value: object) -> str:
    """The text of ``value``, with an apostrophe before what would be run; numbers stay numbers, negative ones too."""
    text = "" if value is None else str(value)
    first = unicodedata.normalize("NFKC", text.lstrip(" "))[:1]  # a full-width sign counts as the sign
    return f"'{text}" if first in STARTS_FORMULA and first and not NUMBER.fullmatch(text) else text


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """RFC 4180 text, row by row."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(header)
    for row in rows:
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([safe_cell(value) for value in row])
    yield buffer.getvalue()
