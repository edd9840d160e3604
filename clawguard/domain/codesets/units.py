"""How many units of a code one day allows: the official table of the day, or our core facts where none covers it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from clawguard.domain.codesets.official import OfficialTables, TableKind, Variant
from clawguard.domain.codesets.pairs import CORE_FIRST_DAY
from clawguard.domain.codesets.procedure_table import ProcedureTable


@dataclass(frozen=True, slots=True)
class UnitLimit:
    """``rule`` is the adjudication indicator: 1 per line, 2 per day and absolute, 3 per day and reviewable.

    ``None``: the table states no indicator, as Medicaid's does not. ``table`` names where the limit stands.
    """

    code: str
    units: int
    rule: int | None
    table: str


def limit(
    official: OfficialTables, procedures: ProcedureTable, code: str, on: dt.date, variant: Variant
) -> UnitLimit | None:
    """The limit on a day; ``None`` when the table of that day has none for the code, or no table covers the day.

    Source: CMS NCCI medically unlikely edits, practitioner services.
    """
    table = official.table(TableKind.UNITS, variant, on)
    if table is not None:
        rows = table.rows_on(on, code)
        return UnitLimit(code, rows[-1].amount, rows[-1].mark or None, table.name) if rows else None
    procedure = procedures.get(code)
    if on < CORE_FIRST_DAY or procedure is None or procedure.daily_units is None:
        return None
    return UnitLimit(code, procedure.daily_units, procedure.unit_rule, procedures.core_name)
