"""What the engine answers: whose error it looks like, on which clause and facts, and what is missing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from clawguard.domain.attribution.grounds import Confidence
from clawguard.domain.case_facts_json import plain
from clawguard.domain.clauses import Party

ENGINE_VERSION = "1.3"


@dataclass(frozen=True, slots=True)
class Evidence:
    fact: str  # a fact's name, or "carc", "rarc"
    value: Any
    at: dt.datetime | None
    source: str | None
    note: str = ""  # what a code means, in our words

    def as_dict(self) -> dict[str, Any]:
        return {
            "fact": self.fact,
            "value": plain(self.value),
            "at": plain(self.at),
            "source": self.source,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class Missing:
    fact: str
    who_can_supply: str  # provider | network | payer | client | staff
    question: str

    def as_dict(self) -> dict[str, Any]:
        return {"fact": self.fact, "who_can_supply": self.who_can_supply, "question": self.question}


@dataclass(frozen=True, slots=True)
class Guarantee:
    """Whether the network owes the contracted rate, whatever else comes out; ``amount`` is None while not known."""

    applies: bool
    amount: Decimal | None

    def as_dict(self) -> dict[str, Any]:
        return {"applies": self.applies, "amount": plain(self.amount)}


@dataclass(frozen=True, slots=True)
class Versions:
    engine: str
    clauses: str
    remit_codes: str

    def as_dict(self) -> dict[str, Any]:
        return {"engine": self.engine, "clauses": self.clauses, "remit_codes": self.remit_codes}


@dataclass(frozen=True, slots=True)
class Attribution:
    """A proposal. People decide; a provider's error, and a case where both sides had a part, needs two of them."""

    party: Party
    clause: str
    confidence: Confidence
    guarantee: Guarantee
    evidence: tuple[Evidence, ...]
    missing: tuple[Missing, ...]
    needs_second_person: bool
    explanation_provider: str
    explanation_staff: str
    grounds: tuple[str, ...]  # every clause that was made out, also those that did not carry
    versions: Versions

    @property
    def engine_version(self) -> str:
        return self.versions.engine

    def as_dict(self) -> dict[str, Any]:
        """The public shape. ``explanation`` is for the provider, ``explanation_staff`` for staff only."""
        return {
            "party": self.party.value,
            "clause": self.clause,
            "confidence": self.confidence.value,
            "guarantee": self.guarantee.as_dict(),
            "evidence": [item.as_dict() for item in self.evidence],
            "missing": [item.as_dict() for item in self.missing],
            "needs_second_person": self.needs_second_person,
            "explanation": self.explanation_provider,
            "explanation_staff": self.explanation_staff,
            "grounds": list(self.grounds),
            "versions": self.versions.as_dict(),
        }
