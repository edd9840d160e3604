"""Which main codes an add-on code may stand beside: the official list of the day, or our core facts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from clawguard.domain.codesets.official import OfficialTable, OfficialTables, TableKind, Variant
from clawguard.domain.codesets.packed import codes_of, day_number
from clawguard.domain.codesets.pairs import CORE_FIRST_DAY
from clawguard.domain.codesets.procedure_table import ProcedureTable
from clawguard.domain.codesets.procedures import Procedure

LISTED, CONTRACTOR, PARTLY_LISTED = 1, 2, 3
CONTRACTOR_DEFINED = "CCCCC"  # stands where a main code would: the payer draws up the list


@dataclass(frozen=True, slots=True)
class AddOn:
    """What the table of a day says of an add-on code.

    ``kind``: 1 payable only beside a listed main code, 2 the payer lists the main codes, 3 some are listed and the
    payer may list more. ``open_list``: codes that are not in ``parents`` may be main codes too.
    """

    code: str
    kind: int
    parents: frozenset[str]
    open_list: bool
    table: str


def add_on(
    official: OfficialTables, procedures: ProcedureTable, code: str, on: dt.date, variant: Variant
) -> AddOn | None:
    """``None`` when the table of that day does not know the code as an add-on, or no table covers the day.

    Source: CMS NCCI add-on code edits, types 1 to 3.
    """
    table = official.table(TableKind.ADD_ONS, variant, on)
    if table is not None:
        return _listed(table, code, on)
    procedure = procedures.get(code)
    if on < CORE_FIRST_DAY or procedure is None or not procedure.parents:
        return None
    parents = frozenset(parent for parent in procedure.parents if _valid(procedures.get(parent), on))
    return AddOn(code, LISTED, parents, False, procedures.core_name)


def _valid(parent: Procedure | None, on: dt.date) -> bool:
    """A main code without a row of its own, such as a consultation, counts on every day."""
    return parent is None or parent.valid_on(on)


def _listed(table: OfficialTable, code: str, on: dt.date) -> AddOn | None:
    day = day_number(on)
    rows = [row for row in table.rows_of(code) if row.first_day <= day <= row.last_day]
    if not rows:
        return None
    parents = frozenset(codes_of(row.key)[1] for row in rows) - {CONTRACTOR_DEFINED}
    kind = max(row.mark for row in rows)
    return AddOn(code, kind, parents, kind != LISTED or len(parents) < len({row.key for row in rows}), table.name)
