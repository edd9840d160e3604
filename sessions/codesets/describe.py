"""Rows of official tables in words."""

from __future__ import annotations

from collections.abc import Mapping

from clawguard.domain.codesets import TableKind
from clawguard.domain.codesets.official import WITHDRAWN
from clawguard.domain.codesets.packed import OPEN, Row, codes_of, day_of

RULES = {0: "", 1: ", per line", 2: ", per day, absolute", 3: ", per day, reviewable"}
TYPES = {1: "main code listed", 2: "main codes set by the payer", 3: "main codes listed in part"}
INDICATORS = {0: "never together (0)", 1: "together if separate (1)", WITHDRAWN: "withdrawn (9)"}


def describe(kind: TableKind, row: Row | None) -> str:
    if row is None:
        return ""
    if kind is TableKind.UNITS:
        return f"{row.amount} {'unit' if row.amount == 1 else 'units'}{RULES[row.mark]}"
    said = INDICATORS[row.mark] if kind is TableKind.PAIRS else TYPES[row.mark]
    return f"{said}, {_period(row)}"


def told_cells(cells: Mapping[str, str]) -> str:
    """The columns of a row of ours, such as ``units_a_day 2, valid_to nothing``."""
    return ", ".join(f"{name} {cell or 'nothing'}" for name, cell in cells.items())


def _period(row: Row) -> str:
    if row.last_day == OPEN:
        return f"from {day_of(row.first_day)}"
    return f"{day_of(row.first_day)} to {day_of(row.last_day)}"


def code_cells(row: Row) -> tuple[str, str]:
    return codes_of(row.key)
