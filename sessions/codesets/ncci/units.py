"""Rows of the medically-unlikely-edits file: a code, its units, and how the limit is applied.

Medicaid's table has no adjudication indicator; its rows state none.
"""

from __future__ import annotations

from collections.abc import Callable

from clawguard.domain.codesets.packed import MOST, OPEN, Row, key_of
from sessions.codesets.ncci.archive import Cells
from sessions.codesets.ncci.cells import Headings, RowFault, is_code

OTHER_SETTINGS = {
    "outpatient": "it is about hospitals.",
    "hospital": "it is about hospitals.",
    "dme": "it is about suppliers of equipment.",
    "supplier": "it is about suppliers of equipment.",
}


def begins(cells: Cells) -> bool:
    return len(cells) >= 2 and is_code(cells[0].strip()) and cells[1].strip().isdigit()


def unfit(headings: Headings) -> str:
    value = headings.find("mue value")
    if value is None:
        return "the heading MUE Values is missing."
    above = headings.columns[value].lower()
    for word, said in OTHER_SETTINGS.items():
        if word in above:
            return said
    return ""


def reader(headings: Headings) -> Callable[[Cells], Row]:
    value, indicator = headings.find("mue value") or 1, headings.find("adjudication indicator", "mai")

    def read(cells: Cells) -> Row:
        code = cells[0].strip()
        if not is_code(code):
            raise RowFault("code", "The first column holds no procedure code.")
        units = cells[value].strip() if value < len(cells) else ""
        if not (units.isascii() and units.isdigit() and int(units) <= MOST):
            raise RowFault("units", "The MUE value is no number of units.")
        return Row(key_of(code), 0, OPEN, int(units), _rule(cells, indicator))

    return read


def _rule(cells: Cells, column: int | None) -> int:
    """The leading digit of texts such as "2 Date of Service Edit: Policy"."""
    if column is None:
        return 0
    said = cells[column].strip()[:1] if column < len(cells) else ""
    if said not in ("1", "2", "3"):
        raise RowFault("indicator", "The adjudication indicator begins with none of 1, 2 and 3.")
    return int(said)
