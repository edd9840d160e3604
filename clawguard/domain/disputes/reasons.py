"""Why a client disputes a fee or a bill, and which evidence each reason asks for: a dated table.

A changed reason gets a new row with its own dates; a dispute is read by the rows in force on the day it came in.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from clawguard.domain.disputes import _table_reasons


@dataclass(frozen=True, slots=True)
class Reason:
    """``label`` is what staff choose, ``for_client`` what the client reads; ``needed`` and ``helpful`` name kinds."""

    id: str
    kind: str  # cancellation_fee | billing
    label: str
    for_client: str
    needed: tuple[str, ...]
    helpful: tuple[str, ...]
    effective_from: dt.date
    effective_to: dt.date | None = None  # the last day it holds; None: still in force

    @property
    def asks(self) -> tuple[str, ...]:
        return self.needed + self.helpful

    def in_force(self, on: dt.date) -> bool:
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


@dataclass(frozen=True, slots=True)
class ReasonTable:
    version: str
    rows: tuple[Reason, ...]

    def of_kind(self, kind: str, on: dt.date) -> tuple[Reason, ...]:
        return tuple(row for row in self.rows if row.kind == kind and row.in_force(on))

    def find(self, kind: str, reason_id: str, on: dt.date) -> Reason | None:
        """The row that was in force on the day, or None."""
        return next((row for row in self.of_kind(kind, on) if row.id == reason_id), None)


def reason_table(version: str, rows: Iterable[Reason]) -> ReasonTable:
    """A table whose rows cannot contradict each other. Raises ValueError on overlapping rows of one reason."""
    ordered = tuple(rows)
    by_date = sorted(ordered, key=lambda row: (row.kind, row.id, row.effective_from))
    for before, after in itertools.pairwise(by_date):
        if (before.kind, before.id) == (after.kind, after.id) and before.in_force(after.effective_from):
            raise ValueError(f"Two rows of {before.kind} {before.id} hold on {after.effective_from}.")
    return ReasonTable(version, ordered)


REASONS = reason_table(
    _table_reasons.VERSION,
    [
        Reason(reason_id, kind, label, for_client, needed, helpful, _table_reasons.EFFECTIVE_FROM)
        for kind, reason_id, label, for_client, needed, helpful in _table_reasons.ROWS
    ],
)
