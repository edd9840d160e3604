"""Sessions in the JSON shape written as CSV and NDJSON that our readers read back unchanged."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sessions.intake.readers.csv import LINE_PARTS
from sessions.intake.readers.csv_columns import FIELDS, ONE_LINE

COLUMNS = tuple(field for field in FIELDS if field not in ONE_LINE)


def write_ndjson(sessions: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """One line per session."""
    for session in sessions:
        yield json.dumps(session, ensure_ascii=False, separators=(",", ":")) + "\n"


def write_csv(sessions: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A header of all fields, then one row per session, quoted as RFC 4180 says."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for session in sessions:
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([_cell(session, field) for field in COLUMNS])
    yield buffer.getvalue()


def _cell(session: Mapping[str, Any], field: str) -> str:
    if field == "lines":
        return ";".join(_line(line) for line in session["service_lines"])
    if field == "diagnoses":
        return ";".join(session.get("diagnoses") or ())
    group, _, name = field.rpartition(".")
    value = ((session.get(group) or {}) if group else session).get(name)
    return _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _line(line: Mapping[str, Any]) -> str:
    parts = []
    for name in LINE_PARTS:
        value = line.get(name)
        if isinstance(value, (list, tuple)):
            parts.append("+".join(str(entry) for entry in value))
        elif name in ("start", "end") and value:
            parts.append(dt.datetime.fromisoformat(value).strftime("%Y%m%dT%H%M%S%z"))
        else:
            parts.append(_text(value))
    return ":".join(parts).rstrip(":")
