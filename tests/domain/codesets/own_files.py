"""Files of our own tables, written row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from clawguard.domain.codesets.lists import Cells, ListFormat
from clawguard.domain.codesets.procedure_list import FORMAT

# An invented code: no such code is assigned.
NEW_THERAPY: dict[str, str] = dict.fromkeys(FORMAT.names, "") | {
    "code": "98990",
    "label": "Our therapy code of 2027",
    "kind": "therapy",
    "add_on": "no",
    "time_basis": "face",
    "least_minutes": "16",
    "setting": "individual",
    "client": "in",
    "prescriber_only": "no",
    "who": "any",
    "time_documented": "yes",
    "units_a_day": "1",
    "unit_rule": "2",
    "valid_from": "2027-01-01",
}


def rows(*given: Mapping[str, str], form: ListFormat = FORMAT) -> list[Cells]:
    return [tuple(row[name] for name in form.names) for row in given]


def cells(*given: Mapping[str, str], form: ListFormat = FORMAT) -> Iterator[list[str]]:
    yield list(form.names)
    for row in rows(*given, form=form):
        yield list(row)


def of(*given: Mapping[str, str], form: ListFormat = FORMAT, extra: str = "") -> bytes:
    """The file; with ``extra``, a column that does not belong there."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for line in cells(*given, form=form):
        writer.writerow([*line, extra] if extra else line)
    return out.getvalue().encode()
