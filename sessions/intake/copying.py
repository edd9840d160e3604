"""COPY: the quickest way for many rows into a table. Values are given as text, as PostgreSQL would print them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence

from django.db import connection

NULL = "\x00"  # stands for an absent value until the row is made; PostgreSQL's text cannot hold it, so no value does
ABSENT = "\\N"  # how COPY reads it; comes after every letter or number of a date
_SPECIAL = re.compile(r"[\\\n\r]").search
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[str | None]]) -> None:
    """Append ``rows`` to ``table``. Names are our own, never taken from input. None becomes NULL."""
    copy_lines(table, columns, [copy_line(row) for row in rows])


def copy_lines(table: str, columns: Sequence[str], lines: Iterable[str]) -> None:
    """``copy_rows`` for rows that are lines of COPY already."""
    names = ", ".join(f'"{name}"' for name in columns)
    text = "".join([f"{line}\n" for line in lines])
    with connection.cursor() as cursor:
        cursor.copy_expert(f'COPY "{table}" ({names}) FROM STDIN', io.StringIO(text))


def copy_line(row: Sequence[str | None]) -> str:
    """One row as COPY reads it, without the end of line."""
    line = "\t".join([NULL if value is None else value for value in row])
    if _SPECIAL(line) or line.count("\t") >= len(row):  # seldom: only then is every value looked at
        line = "\t".join([NULL if value is None else value.translate(_ESCAPES) for value in row])
    return line.replace(NULL, ABSENT)


def text_array(values: Iterable[str]) -> str:
    """A PostgreSQL array literal of any texts."""
    quoted = (value.replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return "{" + ",".join(f'"{value}"' for value in quoted) + "}"
