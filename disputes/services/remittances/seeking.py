"""A claim as matching sees it: what is compared of it, and what was found out about it so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from clawguard.domain.claim_matching import PaidClaim
from clawguard.domain.x12.remittance import ZERO
from disputes.models import ClaimMatch


class Line(NamedTuple):
    """One service line: its id (REF*6R, may be empty), the code as billed, its days and amounts."""

    number: int
    ref: str
    code: str
    first_day: dt.date | None
    last_day: dt.date | None
    charge: Decimal
    paid: Decimal

    @property
    def day(self) -> dt.date | None:
        """The one day it is about; None where it states none, or several."""
        return self.first_day if self.last_day in (None, self.first_day) else None


class Found(NamedTuple):
    """A session that may be meant."""

    session: UUID
    provider: UUID
    day: dt.date


@dataclass(slots=True)
class Sought:
    """One claim, or what it says of one day. ``ids``: external ids its session may have, and which number says so.

    ``parts``, one a day, are looked for instead of a claim whose lines are about several days; each has its ``lines``.
    """

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
    parts: list[Sought] = field(default_factory=list)
    lines: tuple[int, ...] = ()
    dated: bool = True  # False where some of its lines state a day and others none

    @property
    def waits(self) -> bool:
        return not self.how

    def settle(self, found: Found, how: str, score: int, now: dt.datetime, by_name: str = "") -> None:
        self.found, self.how, self.score, self.at, self.by_name = found, how, score, now, by_name
        self.provider = found.provider

    def join(self, now: dt.datetime) -> None:
        """Let the claim follow its parts: settled where each has a session of its own, of one provider; else they are
        for a person, and none of them is taken by itself."""
        found = [part.found for part in self.parts if part.found is not None]
        whole = len({each.session for each in found}) == len(self.parts)
        if whole and len({each.provider for each in found}) == 1:
            self.how, self.at, self.provider = "lines", now, found[0].provider
            self.score = min(part.score for part in self.parts)
            return
        for part in self.parts:
            self.doubts |= part.doubts if part.found is None else {part.found.session: part.score}

    @property
    def found_any(self) -> bool:
        return self.found is not None or self.how == "lines"

    @property
    def of_lines(self) -> list[tuple[int, UUID]]:
        """Line and session, where the claim is about several."""
        if self.how != "lines":
            return []
        return [(line, part.found.session) for part in self.parts if part.found for line in part.lines]

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
    amounts: tuple[Decimal, Decimal],
    lines: Sequence[Line],
) -> Sought:
    """``parties``: member id and NPI, empty where not stated; ``days``: the first and the last; ``amounts``: charge and
    payment, which the lines must make for the claim to be divided among its days."""
    names = (claim, claim_id, payer_number)
    whole = _seek(names, parties, days, amounts[0], lines)
    of_day: dict[dt.date, list[Line]] = {}
    for line in lines:
        if line.day is not None:
            of_day.setdefault(line.day, []).append(line)
    divided = all(line.day is not None for line in lines) and len(of_day) > 1
    if divided and amounts == (sum(line.charge for line in lines), sum(line.paid for line in lines)):
        for day, some in of_day.items():
            whole.parts.append(_seek(names, parties, (day, None), sum((each.charge for each in some), ZERO), some))
    return whole


def _seek(
    names: tuple[str, str, str],
    parties: tuple[str, str],
    days: tuple[dt.date | None, dt.date | None],
    charge: Decimal,
    lines: Sequence[Line],
) -> Sought:
    claim, claim_id, payer_number = names
    client, npi = parties
    paid = PaidClaim(client or None, npi or None, *days, frozenset([line.code for line in lines]), charge)
    ids = dict.fromkeys([line.ref for line in lines if line.ref], "line_ref")
    first, last = days
    dated = len({line.first_day is None for line in lines}) <= 1
    if first is not None and last in (None, first) and dated:  # a claim of several days came as a session a day
        ids[f"{claim_id}-{first.isoformat().replace('-', '')}"] = "claim_id"
    ids[claim_id] = "claim_id"
    return Sought(claim, claim_id, payer_number, paid, ids, lines=tuple([line.number for line in lines]), dated=dated)
