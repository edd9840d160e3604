"""What every reader gives: one ``Row`` after the other, whatever the format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

MAX_LINE = 1024 * 1024  # bytes of one row or line; a session needs a few thousand at most


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What a reader found wrong. Never holds the value. A "warning" does not keep the row out."""

    code: str
    message: str
    pointer: str = ""
    row: int = 0  # where it differs from the row's own number: the segment of an X12 claim
    severity: str = "error"


@dataclass(frozen=True, slots=True)
class Row:
    """One session of a file, or a problem of the file itself (then ``raw`` is ``None``).

    ``number`` is the row of a table (its header is row 1), the line of NDJSON, or the segment of X12. ``raw`` has the
    JSON shape of the interface and is yet to be parsed.
    """

    number: int
    raw: dict[str, Any] | None
    problems: list[RowProblem] = field(default_factory=list)
    label: str = ""
    positions: Mapping[str, int] = field(default_factory=dict)  # JSON pointer → segment number (X12)
    columns: Mapping[str, str] = field(default_factory=dict)  # JSON pointer → column name (CSV)

    @property
    def has_errors(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)

    def number_at(self, pointer: str) -> int:
        """The row, line or segment where the value at ``pointer`` stands."""
        return int(_nearest(self.positions, pointer) or self.number)

    def column_at(self, pointer: str) -> str:
        """The column where the value at ``pointer`` stands; "" where the format has none."""
        return str(_nearest(self.columns, pointer) or "")


BARE = Row(0, None)  # stands for any row whose content was not asked for


@dataclass(slots=True)
class Place:
    """Where the reading of a file stands after the row given last, so that another process can go on there.

    ``offset`` counts bytes of the file; where it is UTF-16 (``direct`` is False), of its text as UTF-8, and the file is
    passed over from its beginning.
    """

    offset: int = 0
    direct: bool = True
    number: int = 0  # rows of a table, its header included; lines of NDJSON; rows given of X12
    lines: int = 0
    header: list[str] = field(default_factory=list)
    delimiter: str = ","


def _nearest(places: Mapping[str, Any], pointer: str) -> Any:
    """The entry of ``pointer`` itself or of what it lies in."""
    while pointer not in places:
        if not pointer:
            return None
        pointer = pointer.rpartition("/")[0]
    return places[pointer]


def label_of(raw: object) -> str:
    """What a row calls itself, short and printable: its external id where that can be read."""
    value = raw.get("external_id") if isinstance(raw, dict) else None
    return value[:80] if isinstance(value, str) and value.isprintable() else ""


Chunks = Iterable[bytes]
