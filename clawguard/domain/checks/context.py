"""All that a check may know beside the session itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from clawguard.domain.codesets import CodeTables, Policy
from clawguard.domain.facts import NoteFacts, SessionFacts

_NO_FACTS: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Context:
    """Neighbouring sessions, dated code tables, and the moment of screening.

    Neighbours never include the session being screened nor an older revision of it; a check that finds nothing in
    them must stay silent about them, because absence may only mean that nobody loaded them.
    """

    tables: CodeTables
    same_day: tuple[SessionFacts, ...] = ()  # of this client or provider; of adjacent days those at one time, or calls
    history: tuple[SessionFacts, ...] = ()  # earlier sessions of the client
    now: dt.datetime | None = None  # aware
    note: NoteFacts | None = None
    facts: Mapping[str, Any] = field(default_factory=lambda: _NO_FACTS)  # eligibility, authorization, events
    # Worked out of ``same_day`` by ``neighbours`` where whoever screens many sessions has not done it for all of them.
    at_once: tuple[SessionFacts, ...] | None = None  # those whose times overlap with the session's

    def policy(self, session: SessionFacts) -> Policy:
        """What the network and this session's payer had decided on its date of service."""
        return self.tables.policies.of(session)
