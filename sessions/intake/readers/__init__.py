"""From the bytes of a file to rows in the JSON shape of a session. No database, no files: chunks in, rows out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sessions.intake.readers.csv import csv_headers, csv_preview, read_csv, suggest_mapping
from sessions.intake.readers.detect import detect_kind
from sessions.intake.readers.lines import is_utf16
from sessions.intake.readers.ndjson import read_ndjson
from sessions.intake.readers.rows import Chunks, Place, Row, RowProblem
from sessions.intake.readers.x12_837p import read_837p

__all__ = [
    "Place",
    "Row",
    "RowProblem",
    "can_be_cut",
    "csv_headers",
    "csv_preview",
    "detect_kind",
    "read_837p",
    "read_csv",
    "read_ndjson",
    "read_rows",
    "suggest_mapping",
]


def can_be_cut(kind: str, head: bytes) -> bool:
    """Whether reading can begin at any row of a file that begins with ``head``, without what stands before it."""
    return kind in ("sessions_csv", "sessions_ndjson") and not is_utf16(head)


def read_rows(
    kind: str,
    chunks: Chunks,
    mapping: Mapping[str, str] | None = None,
    place: Place | None = None,
    *,
    bare: bool = False,
) -> Iterator[Row]:
    """Rows of a file of ``kind``; raises ``ValueError`` for a kind that holds no sessions.

    ``place`` follows the rows. With one that an earlier reading left, ``chunks`` begin at its ``offset`` where it is
    ``direct`` and at the beginning of the file otherwise, and reading goes on there. ``bare`` is for those who want to
    know where the rows are: as many come, without what they say.
    """
    if kind == "sessions_csv":
        return read_csv(chunks, mapping or None, place, bare=bare)
    if kind == "sessions_ndjson":
        return read_ndjson(chunks, place, bare=bare)
    if kind == "x12_837p":
        return read_837p(chunks, place)
    raise ValueError(f"no reader of sessions for {kind}")
