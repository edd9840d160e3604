"""Which session a paid claim is about, where no number says so: likeness by client, provider, day, code and charge.

The weights are ours. Only sessions of the claim's days that share its client or its provider are compared at all, and
the machine decides only where exactly one of them is near enough; people decide the rest.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

WEIGHTS = {"client": 45, "provider": 15, "day": 15, "code": 15, "charge": 10}
SURE = 85  # taken without a person, if no other session comes as near
POSSIBLE = 45  # worth showing to a person
SHOWN = 5


@dataclass(frozen=True, slots=True)
class PaidClaim:
    """What an 835 says of a claim. ``client`` is the payer's member id; None and empty are *not stated*."""

    client: str | None
    provider_npi: str | None
    first_day: dt.date | None
    last_day: dt.date | None
    codes: frozenset[str]  # as billed: SVC06 where the payer judged another code
    charge: Decimal | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stored session; ``key`` is its id."""

    key: str
    client: str
    provider_npi: str
    day: dt.date
    codes: frozenset[str]
    charge: Decimal


class Scored(NamedTuple):
    candidate: Candidate
    score: int  # 0 to 100


class Choice(NamedTuple):
    """``sure`` is the one session the claim is about; without it ``possible`` are for a person, the likeliest first."""

    sure: Scored | None
    possible: tuple[Scored, ...]


def covers(claim: PaidClaim, day: dt.date) -> bool:
    """Whether ``day`` is among the days the claim states; also where it states none."""
    if claim.first_day is None:
        return True
    return claim.first_day <= day <= (claim.last_day or claim.first_day)


def score(claim: PaidClaim, candidate: Candidate) -> int:
    """From 0 to 100. What the claim does not state counts as unlike, never as like."""
    alike = {
        "client": bool(claim.client) and claim.client == candidate.client,
        "provider": bool(claim.provider_npi) and claim.provider_npi == candidate.provider_npi,
        "day": claim.first_day is not None and covers(claim, candidate.day),
        "code": bool(claim.codes) and claim.codes <= candidate.codes,
        "charge": _same_charge(claim, candidate),
    }
    return sum(weight for name, weight in WEIGHTS.items() if alike[name])


def choose(claim: PaidClaim, candidates: Iterable[Candidate]) -> Choice:
    """The one session that is near enough while no other is, or what a person may choose from."""
    scored = sorted(
        (Scored(each, score(claim, each)) for each in candidates), key=lambda each: (-each.score, each.candidate.key)
    )
    possible = tuple(each for each in scored if each.score >= POSSIBLE)
    near = [each for each in possible if each.score >= SURE]
    sure = near[0] if len(near) == 1 and (_one_day(claim) or _same_charge(claim, near[0].candidate)) else None
    return Choice(sure, possible[:SHOWN])


def _one_day(claim: PaidClaim) -> bool:
    """A claim of several days may be about several sessions: one of them is like it, and is not what it is about."""
    return claim.last_day in (None, claim.first_day)


def _same_charge(claim: PaidClaim, candidate: Candidate) -> bool:
    return claim.charge is not None and abs(claim.charge) == candidate.charge
