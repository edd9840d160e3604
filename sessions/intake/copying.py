"""COPY: the quickest way for many rows into a table. Values are given as text, as PostgreSQL would print them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence

from django.db import connection

NULL = "\x00"  # stands for an absent value until the row is made; PostgreSQL's text cannot hold it, so no value does
_SPECIAL = re.compile(r"[\\\n\r]").search
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[str | None]]) -> None:
    """Append ``rows`` to ``table``. Names are our own, never taken from input. None becomes NULL."""
    names = ", ".join(f'"{name}"' for name in columns)
    text = "".join([_line(row) for row in rows])
    with connection.cursor() as cursor:
        cursor.copy_expert(f'COPY "{table}" ({names}) FROM STDIN', io.StringIO(text))


def _line(row: Sequence[str | None]) -> str:
    line = "\t".join([NULL if value is None else value for value in row])
    if _SPECIAL(line) or line.count("\t") >= len(row):  # seldom: only then is every value looked at
        line = "\t".join([NULL if value is None else value.translate(_ESCAPES) for value in row])
    return line.replace(NULL, "\\N") + "\n"


def text_array(values: Iterable[str]) -> str:
    """A PostgreSQL array literal of any texts."""
    quoted = (value.replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return "{" + ",".join(f'"{value}"' for value in quoted) + "}"
