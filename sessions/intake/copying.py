"""COPY: the quickest way for many rows into a table. Values are given as text, as PostgreSQL would print them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from django.db import connection

ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Iterable[str | None]]) -> None:
    """Append ``rows`` to ``table``. Names are our own, never taken from input. None becomes NULL."""
    text = "\n".join(["\t".join([_cell(value) for value in row]) for row in rows])
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        cursor.copy_expert(f'COPY "{table}" ({names}) FROM STDIN', io.StringIO(text + "\n"))


def _cell(value: str | None) -> str:
    return "\\N" if value is None else value.translate(ESCAPES)


def text_array(values: Iterable[str]) -> str:
    """A PostgreSQL array literal of any texts."""
    quoted = (value.replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return "{" + ",".join(f'"{value}"' for value in quoted) + "}"
