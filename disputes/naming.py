"""Which sessions the reference of a provider-level adjustment names: those of the claims that carry a part of it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from disputes.models import AccountAdjustment, ClaimMatch, LineMatch


@dataclass(frozen=True, slots=True)
class Named:
    """The sessions that are meant, and the providers of all claims named (None for one nobody knows)."""

    sessions: frozenset[UUID]
    providers: frozenset[UUID | None]

    @property
    def session(self) -> UUID | None:
        """The one session that is meant. None where the reference tells none, or several."""
        return next(iter(self.sessions)) if len(self.sessions) == 1 else None


def named_by(rows: Sequence[AccountAdjustment]) -> dict[int, Named]:
    """What each of ``rows`` names, by its id. Payers take back what they have paid: where claims paid up to the
    adjustment's own day have sessions, what was paid afterwards under the same number is not meant."""
    claims = _claims({name for row in rows for name in row.names}, {row.remittance.payer_code for row in rows})
    found = {}
    for row in rows:
        payment = row.remittance
        named = [claim for name in row.names for claim in claims[payment.payer_code, name]]
        by_then = [claim.sessions for claim in named if claim.sessions and claim.day <= payment.day]
        sessions = by_then or [claim.sessions for claim in named]
        found[row.pk] = Named(frozenset().union(*sessions), frozenset(claim.provider for claim in named))
    return found


@dataclass(frozen=True, slots=True)
class _Claim:
    day: dt.date
    provider: UUID | None
    sessions: frozenset[UUID]


def _claims(names: set[str], payers: set[str]) -> dict[tuple[str, str], list[_Claim]]:
    """By payer and number."""
    found: dict[tuple[str, str], list[_Claim]] = defaultdict(list)
    if not names:
        return found
    named = Q(claim__claim_id__in=names) | Q(claim__payer_claim_id__in=names)
    rows = ClaimMatch.objects.filter(named, claim__remittance__payer_code__in=payers)
    matches = list(rows.select_related("claim__remittance"))
    sessions: dict[UUID, set[UUID | None]] = defaultdict(set)
    lines = LineMatch.objects.filter(claim__in=[match.claim_id for match in matches if match.how == "lines"])
    for key, session in lines.values_list("claim_id", "session_id"):
        sessions[key].add(session)
    for match in matches:
        said, own = match.claim, {match.session_id, *sessions[match.claim_id]}
        known = frozenset(session for session in own if session is not None)
        claim = _Claim(said.remittance.day, match.provider_id, known)
        for name in {said.claim_id, said.payer_claim_id}:
            found[said.remittance.payer_code, name].append(claim)
    return found
