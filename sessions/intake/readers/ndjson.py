"""NDJSON: one session per line."""

from __future__ import annotations

from collections.abc import Iterator

from clawguard.domain.submission.strict_json import StrictJsonError, loads
from sessions.intake.readers.lines import Lines
from sessions.intake.readers.rows import BARE, Chunks, Place, Row, RowProblem, label_of


def read_ndjson(chunks: Chunks, place: Place | None = None, *, bare: bool = False) -> Iterator[Row]:
    """A row per line that is not blank; a line that is no JSON object is a row with its problem.

    ``place`` and ``bare`` are as in ``read_csv``.
    """
    place = place or Place()
    lines, base = Lines(chunks, place), place.number
    for count, line in enumerate(lines, 1):
        place.number = number = base + count
        faults = lines.taken(count, count)
        if faults:
            yield Row(number, None, [RowProblem(code, message) for code, message in faults])
        elif line.strip():
            yield BARE if bare else _row(number, line)


def _row(number: int, line: str) -> Row:
    try:
        raw = loads(line)
    except StrictJsonError as error:
        return Row(number, None, [RowProblem(error.code, str(error))])
    if not isinstance(raw, dict):
        return Row(number, None, [RowProblem("type_object", "The line is not a JSON object.")])
    return Row(number, raw, label=label_of(raw))
