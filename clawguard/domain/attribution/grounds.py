"""What one ground function may say, and what it may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from clawguard.domain.case_facts import CaseFacts
from clawguard.domain.clauses import CLAUSES, ClauseTable, Party
from clawguard.domain.remit_codes import REMIT_CODES, RemitCode, RemitCodeTable

CONFIRMATION_LIMIT_DAYS = 30


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Tables:
    """The dated tables and settings that an attribution rests on."""

    clauses: ClauseTable = CLAUSES
    remit_codes: RemitCodeTable = REMIT_CODES
    confirmation_limit_days: int = CONFIRMATION_LIMIT_DAYS  # calendar days after the date of service
    # Check id → party if confirmed, as the catalogue says; a check that is not in it is read as the provider's.
    finding_parties: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Ground:
    """A clause that the facts named make out. ``detail`` is for staff."""

    clause: str
    confidence: Confidence
    facts: tuple[str, ...]
    detail: str

    @property
    def party(self) -> Party:
        return Party(self.clause.partition(".")[0])


@dataclass(frozen=True, slots=True)
class Question:
    """A fact that would decide something. ``may_show`` is whose part the answer could show."""

    fact: str
    who_can_supply: str  # provider | network | payer | client | staff
    text: str
    may_show: Party


@dataclass(frozen=True, slots=True)
class AtOdds:
    """Facts that cannot all be true."""

    facts: tuple[str, ...]
    detail: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """An answer time is running: attributing now would be early."""

    facts: tuple[str, ...]
    detail: str


@dataclass(frozen=True, slots=True)
class Uncovered:
    """Facts that no clause of the policy speaks of."""

    facts: tuple[str, ...]
    detail: str


Said = Ground | AtOdds | Waiting | Uncovered
Remark = Said | Question
Remarks = Iterator[Remark]


@dataclass(frozen=True, slots=True)
class Look:
    """One look at one case: the facts, the moment, and the remittance codes that count."""

    facts: CaseFacts
    now: dt.datetime
    tables: Tables
    codes: tuple[RemitCode, ...]

    def stated(self, *names: str) -> tuple[str, ...]:
        """Those of the facts named that are known, to serve as evidence."""
        return tuple(name for name in names if self.facts.stated(name))


def has_reason(codes: tuple[RemitCode, ...]) -> tuple[str, ...]:
    """The names under which codes stand in the facts, to serve as evidence."""
    return tuple(dict.fromkeys(code.code_set.value for code in codes))


def listed(codes: tuple[RemitCode, ...]) -> str:
    return ", ".join(f"{code.code_set.value.upper()} {code.code} ({code.label})" for code in codes)
