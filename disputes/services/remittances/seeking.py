"""A claim as matching sees it: what is compared of it, and what was found out about it so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from clawguard.domain.claim_matching import PaidClaim
from disputes.models import ClaimMatch


class Line(NamedTuple):
    """One service line: its id (REF*6R, may be empty) and the code as billed."""

    ref: str
    code: str


class Found(NamedTuple):
    """A session that may be meant."""

    session: UUID
    provider: UUID
    day: dt.date


@dataclass(slots=True)
class Sought:
    """One claim. ``ids``: external ids its session may have, and which number says so."""

    claim: str  # its row
    claim_id: str
    payer_number: str
    paid: PaidClaim
    ids: dict[str, str]
    doubts: dict[UUID, int] = field(default_factory=dict)  # session to score
    found: Found | None = None
    how: str = ""
    score: int = 0
    provider: UUID | None = None  # of the session, else of the NPI the claim names
    at: dt.datetime | None = None
    by_name: str = ""

    @property
    def waits(self) -> bool:
        return not self.how

    def settle(self, found: Found, how: str, score: int, now: dt.datetime, by_name: str = "") -> None:
        self.found, self.how, self.score, self.at, self.by_name = found, how, score, now, by_name
        self.provider = found.provider

    @property
    def candidates(self) -> list[dict[str, Any]]:
        """For people, the likeliest first."""
        if not self.waits:
            return []
        likely = sorted(self.doubts.items(), key=lambda pair: (-pair[1], str(pair[0])))
        return [{"session": str(session), "score": score} for session, score in likely]

    def match(self, now: dt.datetime) -> ClaimMatch:
        """The row that says so, unsaved."""
        return ClaimMatch(
            claim_id=self.claim, session_id=self.found.session if self.found else None, provider_id=self.provider,
            how=self.how, score=self.score, candidates=self.candidates, tried_at=now, at=self.at, by_name=self.by_name,
        )  # fmt: skip


def seek(
    claim: str,
    claim_id: str,
    payer_number: str,
    parties: tuple[str, str],
    days: tuple[dt.date | None, dt.date | None],
    charge: Decimal,
    lines: Iterable[Line],
) -> Sought:
    """``parties``: member id and NPI, empty where not stated; ``days``: the first and the last."""
    client, npi = parties
    lines = list(lines)
    paid = PaidClaim(client or None, npi or None, *days, frozenset([line.code for line in lines]), charge)
    ids = dict.fromkeys([line.ref for line in lines if line.ref], "line_ref")
    if days[0] is not None:  # a claim of several days was taken in as a session a day, with the day added to its id
        ids[f"{claim_id}-{days[0].isoformat().replace('-', '')}"] = "claim_id"
    ids[claim_id] = "claim_id"
    return Sought(claim, claim_id, payer_number, paid, ids)
