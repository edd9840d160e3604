"""Takebacks of payments' accounts that waited for people, as far as an actor may know of them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from clawguard.accounts.actors import Actor
from clawguard.events.errors import NotFound
from disputes import policies
from disputes.models import AccountMatch, ClaimMatch, LineMatch, Remittance, RemittanceLine
from disputes.selectors.remittances import COUNTED, PAGE
from sessions.models import TherapySession

MOST = 400  # sessions among which one takeback can be divided


def visible_takebacks(actor: Actor) -> QuerySet[AccountMatch]:
    """Raises NotAllowed for roles and keys that read no remittances. What names no provider of ours is for those whose
    reach has no limit."""
    policies.require_remittance_reader(actor)
    return AccountMatch.objects.filter(policies.takeback_reach(actor)).select_related("adjustment__remittance")


def takebacks_of(actor: Actor, payment: Remittance) -> dict[int, AccountMatch]:
    """Those of one payment that did not name one session when they came, by the row of the account they are about."""
    return {row.adjustment_id: row for row in visible_takebacks(actor).filter(adjustment__remittance=payment)}


def get_takeback(actor: Actor, match_id: UUID) -> AccountMatch:
    """Raises NotFound out of reach, NotAllowed for those who read no remittances."""
    found = visible_takebacks(actor).filter(pk=match_id).first()
    if found is None:
        raise NotFound
    return found


def waiting_takebacks(actor: Actor) -> QuerySet[AccountMatch]:
    """The work list."""
    return visible_takebacks(actor).filter(how="").select_related("provider")


def waiting_takebacks_count(actor: Actor) -> int:
    """How many wait, counted no further than people read."""
    return waiting_takebacks(actor).order_by()[:COUNTED].count()


def takebacks_page(actor: Actor, after: str) -> tuple[list[AccountMatch], str]:
    """One page of the work list in the order in which they came."""
    rows = waiting_takebacks(actor).order_by("id")
    with suppress(ValueError):
        rows = rows.filter(id__gt=UUID(after)) if after else rows
    found = list(rows[: PAGE + 1])
    return found[:PAGE], str(found[PAGE - 1].pk) if len(found) > PAGE else ""


@dataclass(frozen=True, slots=True)
class Share:
    """A session and what of the takeback is about it, above zero; None where nobody said so yet."""

    session: TherapySession
    amount: Decimal | None
    paid: Decimal | None = None  # by the claim it names, for this session


def shares_of(match: AccountMatch) -> list[Share]:
    """What somebody said, the first named first."""
    rows = match.shares.exclude(amount=0).select_related("session").order_by("pk")
    return [Share(row.session, abs(row.amount)) for row in rows]


def claims_named(actor: Actor, match: AccountMatch) -> list[ClaimMatch]:
    """The claims in reach that the takeback names."""
    names = match.adjustment.names
    named = Q(claim__claim_id__in=names) | Q(claim__payer_claim_id__in=names)
    rows = ClaimMatch.objects.filter(named, claim__remittance__payer_code=match.adjustment.remittance.payer_code)
    reach = policies.takeback_reach(actor)
    return list(rows.filter(reach).select_related("claim__remittance", "session").order_by("claim_id")) if names else []


def may_be(claims: list[ClaimMatch]) -> list[Share]:
    """The sessions that these claims, or their lines, are about, with what was paid for each."""
    keys = [match.claim_id for match in claims if match.how == "lines"]
    paid = {
        (line.claim_id, line.number): line.paid for line in RemittanceLine.objects.filter(claim__in=keys).iterator()
    }
    lines = LineMatch.objects.filter(claim__in=keys).select_related("session").order_by("claim_id", "number")
    found = [(match.session, match.claim.paid) for match in claims]
    found += [(row.session, paid[row.claim_id, row.number]) for row in lines]
    sums: dict[TherapySession, Decimal] = {}
    for session, amount in found:
        if session is not None:
            sums[session] = sums.get(session, Decimal(0)) + amount
    return [Share(session, None, amount) for session, amount in sums.items()]


def together(said: list[Share], others: list[Share]) -> list[Share]:
    """The sessions of which something was said, then the others that may be meant; each once."""
    paid = {share.session.pk: share.paid for share in others}
    first = [Share(share.session, share.amount, paid.pop(share.session.pk, None)) for share in said]
    return first + [share for share in others if share.session.pk in paid]


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier takeback of the same reference that somebody divided. Its amounts are told only where the whole is the
    same; it is for people to say whether the same holds again."""

    match: AccountMatch
    shares: list[Share]


def said_before(actor: Actor, match: AccountMatch) -> Before | None:
    """What was said last of this payer's reference, as far as the actor may know of it."""
    took = match.adjustment
    if not took.names:
        return None
    rows = visible_takebacks(actor).filter(how__in=("person", "program")).exclude(pk=match.pk)
    rows = rows.filter(adjustment__remittance__payer_code=took.remittance.payer_code)
    found = rows.filter(adjustment__names__overlap=took.names).order_by("-at", "-pk").first()
    if found is None:
        return None
    same = abs(found.adjustment.amount) == abs(took.amount)
    return Before(found, [Share(row.session, row.amount if same else None) for row in shares_of(found)])
