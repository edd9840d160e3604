"""The clauses an attribution may rest on: whose error, which sentence of the policy, from when to when.

``policy`` is the rule in our own words; ``for_provider`` is what the provider reads. Both are shown to people.
A changed clause gets a new row with its own dates; an old decision keeps pointing at the row that was in force.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from clawguard.domain import _table_clauses


class Party(StrEnum):
    PROVIDER = "provider"
    NETWORK = "network"
    PAYER = "payer"
    CLIENT = "client"
    NONE = "none"
    OPEN = "open"  # facts missing, at odds, or both sides at fault: people decide


@dataclass(frozen=True, slots=True)
class Clause:
    id: str
    party: Party
    policy: str
    for_provider: str
    effective_from: dt.date
    effective_to: dt.date | None = None  # the last day it holds; None: still in force

    def in_force(self, on: dt.date) -> bool:
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


@dataclass(frozen=True, slots=True)
class ClauseTable:
    version: str
    rows: tuple[Clause, ...]

    def find(self, clause_id: str, on: dt.date) -> Clause | None:
        """The row of ``clause_id`` that was in force on the day, or None."""
        return next((row for row in self.rows if row.id == clause_id and row.in_force(on)), None)

    def ids(self) -> frozenset[str]:
        return frozenset(row.id for row in self.rows)


def clause_table(version: str, rows: Iterable[Clause]) -> ClauseTable:
    """A table whose rows cannot contradict each other. Raises ValueError on overlapping rows of one id."""
    ordered = tuple(sorted(rows, key=lambda row: (row.id, row.effective_from)))
    for before, after in itertools.pairwise(ordered):
        if before.id == after.id and before.in_force(after.effective_from):
            raise ValueError(f"Two rows of {after.id} hold on {after.effective_from}.")
    return ClauseTable(version, ordered)


def _shipped() -> Iterable[Clause]:
    for clause_id, policy, for_provider in _table_clauses.ROWS:
        party = Party(clause_id.partition(".")[0])
        yield Clause(clause_id, party, policy, for_provider, _table_clauses.EFFECTIVE_FROM)


CLAUSES = clause_table(_table_clauses.VERSION, _shipped())
