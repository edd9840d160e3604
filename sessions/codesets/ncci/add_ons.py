"""Rows of the add-on list: type, add-on code, main code and four dates, in columns or at fixed places of a line.

In the text file a field that is empty is blank, so a date is told by where it stands. Whether fields touch each other
or have a blank between them is seen from each line itself.
"""

from __future__ import annotations

from collections.abc import Callable

from clawguard.domain.codesets.add_ons import CONTRACTOR_DEFINED
from clawguard.domain.codesets.packed import OPEN, Row, key_of
from sessions.codesets.ncci.archive import Cells
from sessions.codesets.ncci.cells import Headings, RowFault, is_code, ordinal_day

# type, add-on code, its deletion, main code, its deletion, effective date of the row, deletion of the row
WIDTHS = (1, 5, 7, 5, 7, 7, 7)
HEADINGS = (
    ("edit_type", "edit type"),
    ("add-on_code", "add-on code", "add on code"),
    ("aoc_deldt", "aoc_del_dt", "add-on code deletion"),
    ("primary_code", "primary code"),
    ("primary_code_deldt", "primary_code_del", "primary code deletion"),
    ("edit_effdt", "edit_eff", "edit effective"),
    ("edit_deldt", "edit_del", "edit deletion"),
)


def begins(cells: Cells) -> bool:
    fields = _fixed(cells[0]) if len(cells) == 1 else [cell.strip() for cell in cells[:4]]
    return len(fields) >= 4 and fields[0] in ("1", "2", "3") and is_code(fields[1])


def unfit(headings: Headings) -> str:
    text = headings.text
    if "mue value" in text or "column 2" in text:
        return "it is another table."
    return ""


def reader(headings: Headings) -> Callable[[Cells], Row]:
    places = [headings.find(*words) for words in HEADINGS]
    columns = [index if found is None else found for index, found in enumerate(places)]

    def read(cells: Cells) -> Row:
        if len(cells) == 1:
            return _row(_fixed(cells[0]))
        return _row([cells[index].strip() if index < len(cells) else "" for index in columns])

    return read


def _fixed(line: str) -> list[str]:
    """The fields of a line; the gap between them is what stands between type and add-on code."""
    gap = len(line[1:]) - len(line[1:].lstrip(" "))
    fields, at = [], 0
    for width in WIDTHS:
        fields.append(line[at : at + width].strip())
        at += width + min(gap, 1)
    return fields


def _row(fields: list[str]) -> Row:
    kind, add_on, add_on_ends, main, main_ends, effective, ends = fields
    if kind not in ("1", "2", "3"):
        raise RowFault("type", "The type is none of 1, 2 and 3.")
    if not is_code(add_on) or not (is_code(main) or main == CONTRACTOR_DEFINED):
        raise RowFault("code", "The add-on code or the main code is no procedure code.")
    first = ordinal_day(effective) if effective else 0
    last = min(ordinal_day(day) if day else OPEN for day in (add_on_ends, main_ends, ends))
    if last < first:
        raise RowFault("dates", "A deletion date lies before the effective date.")
    return Row(key_of(add_on, main), first, last, 0, int(kind))
