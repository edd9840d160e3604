"""The tables CMS publishes each quarter, as loaded by an operator, and which of them answers for a date of service.

Pair and add-on files carry every row since the beginning with its own dates, so the newest one in force answers for all
days up to the end of its quarter. Unit files carry no dates: each answers for its quarter only. A day that no table in
force covers has no official answer; what is used instead is said by whoever uses it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from clawguard.domain.codesets.packed import EPOCH, NO_CODE, SIZE, PackedRows, Row, day_number, key_of, number_of


class TableKind(StrEnum):
    PAIRS = "ptp"  # procedure-to-procedure edits, practitioner
    UNITS = "mue"  # medically unlikely edits, practitioner
    ADD_ONS = "add_on"


class Variant(StrEnum):
    MEDICARE = "medicare"
    MEDICAID = "medicaid"


DATED_ROWS = frozenset({TableKind.PAIRS, TableKind.ADD_ONS})
REMEMBERED = 50_000  # look-ups; then memory starts afresh
WITHDRAWN = 9  # modifier indicator of a pair that counts as never having existed


def variant_for(payer_kind: str | None) -> Variant:
    """The table for a payer. Commercial payers follow the Medicare table unless a policy says otherwise."""
    return Variant.MEDICAID if payer_kind == "medicaid" else Variant.MEDICARE


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of publication: 2026, 3 is July to September 2026."""

    year: int
    number: int

    @property
    def first_day(self) -> dt.date:
        return dt.date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> dt.date:
        following = Quarter(self.year + self.number // 4, self.number % 4 + 1)
        return following.first_day - dt.timedelta(days=1)

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"

    @classmethod
    def read(cls, text: str) -> Quarter:
        """``2026Q3`` in any case. Raises ValueError."""
        year, _, number = text.strip().upper().partition("Q")
        if not (len(year) == 4 and year.isdigit() and number in ("1", "2", "3", "4")):
            raise ValueError("a quarter is written like 2026Q3")
        return cls(int(year), int(number))


def period_of(kind: TableKind, quarter: Quarter) -> tuple[dt.date, dt.date]:
    """The dates of service a table answers for, both included."""
    return (EPOCH if kind in DATED_ROWS else quarter.first_day), quarter.last_day


@dataclass(frozen=True, slots=True)
class OfficialTable:
    """One table in force. ``version`` is the digest of its rows.

    What was looked up is remembered: a network bills a few dozen codes, and asks for the same of them all day.
    """

    kind: TableKind
    variant: Variant
    quarter: Quarter
    version: str
    rows: PackedRows
    first_day: dt.date  # dates of service it answers for, both included
    last_day: dt.date
    name: str  # such as "medicare ptp 2026Q3": what a finding cites
    _memory: dict[tuple[str, str], tuple[Row, ...]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, kind: TableKind, variant: Variant, quarter: Quarter, version: str, rows: PackedRows) -> OfficialTable:
        first_day, last_day = period_of(kind, quarter)
        return cls(kind, variant, quarter, version, rows, first_day, last_day, f"{variant} {kind} {quarter}")

    def covers(self, day: dt.date) -> bool:
        return self.first_day <= day <= self.last_day

    def rows_on(self, on: dt.date, first: str, second: str = NO_CODE) -> list[Row]:
        """The rows about one code, or two in this order, that hold on a day. What is no code has none."""
        rows = self._memory.get((first, second))
        if rows is None:
            if len(self._memory) >= REMEMBERED:
                self._memory.clear()
            rows = self._memory[first, second] = self._looked_up(first, second)
        if not rows:
            return []
        day = day_number(on)
        return [row for row in rows if row.first_day <= day <= row.last_day]

    def _looked_up(self, first: str, second: str) -> tuple[Row, ...]:
        try:
            return tuple(self.rows.rows(key_of(first, second)))
        except ValueError:
            return ()

    def rows_of(self, first: str) -> Iterator[Row]:
        """Every row over time whose first code is this one."""
        try:
            least = number_of(first) * SIZE
        except ValueError:
            return iter(())
        return self.rows.rows_between(least, least + SIZE - 1)


@dataclass(frozen=True, slots=True)
class OfficialTables:
    """All tables in force."""

    tables: tuple[OfficialTable, ...] = ()

    def table(self, kind: TableKind, variant: Variant, on: dt.date) -> OfficialTable | None:
        for table in self.tables:
            if table.kind is kind and table.variant is variant and table.covers(on):
                return table
        return None

    @property
    def versions(self) -> dict[str, str]:
        """Kind and variant to quarters and digests; part of the name of a rule pack."""
        found: dict[str, list[str]] = {}
        for table in sorted(self.tables, key=lambda each: each.quarter):
            found.setdefault(f"{table.kind}_{table.variant}", []).append(f"{table.quarter}:{table.version[:16]}")
        return {name: ",".join(versions) for name, versions in found.items()}


NO_TABLES = OfficialTables()
