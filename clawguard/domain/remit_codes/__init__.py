"""Our own dated table of remittance codes, each with the reading to start from. Unknown codes stay unknown.

The code numbers are those on the published lists of June 2024; the labels and the readings are ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from clawguard.domain.remit_codes import _table_carc, _table_group, _table_plb, _table_rarc, _table_status

VERSION = "2024-06.1"


class CodeSet(StrEnum):
    CARC = "carc"
    RARC = "rarc"
    GROUP = "group"
    PLB = "plb"
    STATUS = "status"  # claim status categories of a payer's request for records


class Reading(StrEnum):
    """Where a code points by default, before any fact of the case is looked at."""

    PROVIDER_CODING = "provider_coding"
    PROVIDER_DOCUMENTATION = "provider_documentation"
    PROVIDER_NO_RESPONSE = "provider_no_response"
    NETWORK = "network"
    PAYER = "payer"
    CLIENT = "client"
    AMBIGUOUS = "ambiguous"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class RemitCode:
    code_set: CodeSet
    code: str
    label: str
    signal: str  # none | context | weak | medium | strong: how much it speaks of a takeback
    reading: Reading
    confidence: str  # high | medium | low
    facts_needed: str
    next_step: str
    known: bool = True

    @property
    def is_specific(self) -> bool:
        """False for the CARCs that only say that the remark code says it."""
        return (self.code_set, self.code) not in _DEFER_TO_REMARK


# These say little themselves; a known remark code beside them is read in their place.
_DEFER_TO_REMARK = frozenset((CodeSet.CARC, code) for code in ("16", "96", "216", "226", "252", "A1"))
_TABLES = {
    CodeSet.CARC: _table_carc.ROWS,
    CodeSet.RARC: _table_rarc.ROWS,
    CodeSet.GROUP: _table_group.ROWS,
    CodeSet.PLB: _table_plb.ROWS,
    CodeSet.STATUS: _table_status.ROWS,
}


@dataclass(frozen=True, slots=True)
class RemitCodeTable:
    version: str
    rows: Mapping[tuple[CodeSet, str], RemitCode]

    def read(self, code_set: CodeSet, code: str) -> RemitCode:
        """The row for ``code``; one that is not in the table comes back marked unknown, and is never guessed at."""
        found = self.rows.get((code_set, code.strip().upper()))
        return found or _unknown(code_set, code.strip().upper())

    def effective(self, carc: tuple[str, ...], rarc: tuple[str, ...]) -> tuple[RemitCode, ...]:
        """The codes that count: CARCs first, then RARCs; a deferring CARC gives way to a known remark code."""
        reasons = [self.read(CodeSet.CARC, code) for code in carc]
        remarks = [self.read(CodeSet.RARC, code) for code in rarc]
        if any(remark.known and remark.reading is not Reading.NEUTRAL for remark in remarks):
            reasons = [reason for reason in reasons if reason.is_specific]
        return tuple(reasons + remarks)


def _unknown(code_set: CodeSet, code: str) -> RemitCode:
    label = f"{code_set.value.upper()} {code} is not in our table"
    return RemitCode(
        code_set, code, label, "medium", Reading.AMBIGUOUS, "low", "what the code means", "look it up", False
    )


def _build() -> RemitCodeTable:
    rows = {
        (code_set, row[0]): RemitCode(code_set, row[0], row[1], row[2], Reading(row[3]), *row[4:])
        for code_set, table in _TABLES.items()
        for row in table
    }
    return RemitCodeTable(VERSION, MappingProxyType(rows))


REMIT_CODES = _build()
