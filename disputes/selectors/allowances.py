"""What payers allowed for sessions beside the contracted rate of the date of service.

The rate is the one stated of the payer and code for that day, where it is stated for every line of the session; else
the session's own. Compared is the first payer's word on a session whose lines' allowed amounts are all known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from clawguard.domain.allowed import FIRST_PAYER, allowed_of_line
from clawguard.domain.checks.contract import agreed_rate
from clawguard.domain.checks.finding import CENT
from clawguard.domain.takebacks import Reason
from clawguard.domain.x12.remittance import ZERO
from disputes.models import ClaimAdjustment, LineMatch, RemittanceClaim, RemittanceLine
from disputes.selectors.remittances import ClaimParts, parts_of
from sessions import facts, stated
from sessions.models import TherapySession


@dataclass(frozen=True, slots=True)
class Allowance:
    """US dollars. ``session`` is the one that the claim, or these lines of it, are about."""

    claim: RemittanceClaim
    session: TherapySession
    allowed: Decimal
    rate: Decimal

    @property
    def difference(self) -> Decimal:
        """Above zero where the payer allowed more than the contract says."""
        return self.allowed - self.rate


def of_claims(claims: Sequence[ClaimParts]) -> dict[UUID, list[Allowance]]:
    """By claim, where both amounts are known. Two or three statements, however many claims."""
    found = [(parts, session, amount) for parts in claims for session, amount in _amounts(parts)]
    rates = _rates({str(session.pk) for _, session, _ in found})
    told: dict[UUID, list[Allowance]] = defaultdict(list)
    for parts, session, amount in found:
        rate = rates.get(str(session.pk))
        if rate is not None:
            told[parts.claim.pk].append(Allowance(parts.claim, session, amount, rate))
    return dict(told)


def of_session(session_id: UUID) -> list[Allowance]:
    """In the order in which the payments came."""
    by_line = LineMatch.objects.filter(session=session_id).values("claim")
    about = RemittanceClaim.objects.filter(Q(match__session=session_id) | Q(pk__in=by_line))
    rows = about.select_related("match__session", "remittance").order_by("remittance__created_at", "number")
    found = [each for row in of_claims(parts_of(list(rows))).values() for each in row]
    return [each for each in found if each.session.pk == session_id]


def _amounts(parts: ClaimParts) -> Iterable[tuple[TherapySession, Decimal]]:
    """Sessions of a claim with what was allowed for them. What was taken off the whole claim is about no line of it."""
    claim = parts.claim
    if claim.claim_status not in FIRST_PAYER or claim.paid < 0 or parts.adjustments:
        return
    lines: dict[UUID, list[Decimal | None]] = defaultdict(list)
    sessions: dict[UUID, TherapySession] = {}
    for line, adjustments in parts.lines:
        session = parts.sessions.get(line.number) or claim.match.session
        if session is not None:
            sessions[session.pk] = session
            lines[session.pk].append(_allowed(line, adjustments))
    for key, amounts in lines.items():
        known = [amount for amount in amounts if amount is not None]
        if len(known) == len(amounts):
            yield sessions[key], sum(known, ZERO).quantize(CENT)  # some payers send tenths of cents


def _allowed(line: RemittanceLine, adjustments: Iterable[ClaimAdjustment]) -> Decimal | None:
    reasons = [Reason(row.group, row.carc, row.amount) for row in adjustments]
    return allowed_of_line(line.charge, line.allowed, reasons)


def _rates(session_ids: set[str]) -> dict[str, Decimal]:
    if not session_ids:
        return {}
    rows = facts.load(facts.OF_IDS, [facts.array(sorted(session_ids))])
    said, found = stated.of(rows), {}
    for row in rows:
        agreed = agreed_rate(row.facts, said.get(row.id, {}).get("rates", ()))
        rate = row.facts.contracted_rate if agreed is None else agreed
        if rate is not None:
            found[row.id] = rate
    return found
