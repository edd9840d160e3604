"""What a check says about a session: a frozen value that can be stored, shown and recomputed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from clawguard.domain.facts import ServiceLineFacts, SessionFacts

JSON = Any  # str | int | bool | None | list | dict, never a float and never money other than as a string

ZERO = Decimal("0.00")
CENT = Decimal("0.01")


class Severity(StrEnum):
    """How much attention a finding asks for."""

    ERROR = "error"  # as it stands it would be denied or taken back
    WARNING = "warning"  # a person should look
    INFO = "info"  # good to know; opens nothing by itself


class Party(StrEnum):
    """Whose error it would be if people confirm the finding; people decide, this is only the starting point."""

    PROVIDER = "provider"
    NETWORK = "network"
    PAYER = "payer"
    CLIENT = "client"
    OPEN = "open"  # cannot be said from the session alone


@dataclass(frozen=True, slots=True)
class Source:
    """The public text a check rests on."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement of one check about one session.

    ``amount_at_risk`` is in US dollars; ``service_line`` is the 1-based line it is about, or ``None`` for the whole
    session; ``related`` holds the ``external_id`` of the other sessions it rests on. ``provider_message`` is written
    for the provider: what to do first, no money, no judgement.
    """

    check: str
    version: int
    title: str
    category: str
    severity: Severity
    message: str
    evidence: Mapping[str, JSON]
    service_line: int | None
    amount_at_risk: Decimal
    party_if_confirmed: str
    suggested_step: str
    source: Source
    documentation: str
    related: tuple[str, ...]
    provider_message: str
    request_items: tuple[str, ...]

    def as_dict(self) -> dict[str, JSON]:
        """The finding as the API shows it: money as text, lists instead of tuples."""
        return {
            "check": self.check,
            "version": self.version,
            "title": self.title,
            "category": self.category,
            "severity": str(self.severity),
            "message": self.message,
            "evidence": dict(self.evidence),
            "service_line": self.service_line,
            "amount_at_risk": str(self.amount_at_risk),
            "party_if_confirmed": str(self.party_if_confirmed),
            "suggested_step": self.suggested_step,
            "source": {"name": self.source.name, "url": self.source.url},
            "documentation": self.documentation,
            "related": list(self.related),
            "provider_message": self.provider_message,
            "request_items": list(self.request_items),
        }


def exposure(session: SessionFacts, line: ServiceLineFacts | None = None) -> Decimal:
    """US dollars that could be taken back: what the network owes for the session, or the line's share of it.

    The contracted rate covers the whole session, so where only one line is at risk the rate is split by charge. When
    the charges do not allow a split, the whole rate is named rather than guessing low; without a rate it is 0.00.
    """
    rate = session.contracted_rate
    if rate is None:
        return ZERO
    lines = session.service_lines
    if line is None or len(lines) < 2 or line.charge is None:
        return rate.quantize(CENT)
    charges = [each.charge for each in lines if each.charge is not None]
    total = sum(charges, ZERO)
    if len(charges) < len(lines) or total <= 0:
        return rate.quantize(CENT)
    return (rate * line.charge / total).quantize(CENT)
