"""Payments, their claims, and claims that wait for people, as far as an actor may know of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from clawguard.accounts.actors import Actor
from clawguard.events.errors import NotFound
from disputes import policies
from disputes.models import (
    AccountAdjustment,
    ClaimAdjustment,
    ClaimMatch,
    LineMatch,
    Remittance,
    RemittanceClaim,
    RemittanceLine,
)
from sessions.models import TherapySession

PAGE = 50
CLAIMS = 200  # of one payment on a page
MOST_TIED = 200
COUNTED = 1000


def visible_remittances(actor: Actor) -> QuerySet[Remittance]:
    """Payments with at least one claim in reach. Raises NotAllowed for roles and keys that read none."""
    policies.require_remittance_reader(actor)
    reach = policies.claim_reach(actor)
    if reach == Q():
        return Remittance.objects.all()
    return Remittance.objects.filter(Exists(RemittanceClaim.objects.filter(reach, remittance=OuterRef("pk"))))


def get_remittance(actor: Actor, remittance_id: UUID) -> Remittance:
    """Raises NotFound out of reach, NotAllowed for those who read no remittances."""
    found = visible_remittances(actor).filter(pk=remittance_id).first()
    if found is None:
        raise NotFound
    return found


def get_claim(actor: Actor, claim_id: UUID) -> RemittanceClaim:
    """Raises as ``get_remittance`` does."""
    policies.require_remittance_reader(actor)
    rows = RemittanceClaim.objects.filter(policies.claim_reach(actor)).select_related("remittance", "match__session")
    found = rows.filter(pk=claim_id).first()
    if found is None:
        raise NotFound
    return found


def waiting_claims(actor: Actor) -> QuerySet[ClaimMatch]:
    """Claims without a session that nobody set aside: the work list."""
    policies.require_remittance_reader(actor)
    rows = ClaimMatch.objects.filter(how="")
    reach = policies.claim_reach(actor)
    if reach != Q():
        rows = rows.filter(claim__in=RemittanceClaim.objects.filter(reach))
    return rows.select_related("claim__remittance", "provider")


def waiting_count(actor: Actor) -> int:
    """How many claims wait, counted no further than people read."""
    return waiting_claims(actor).order_by()[:COUNTED].count()


def narrowed(rows: QuerySet[Remittance], asked: Mapping[str, str]) -> QuerySet[Remittance]:
    """By ``show`` (off, takebacks), the start of a ``trace``, and the ``import`` they came in."""
    if asked.get("show") == "off":
        rows = rows.exclude(imbalances=[])
    elif asked.get("show") == "takebacks":
        rows = rows.filter(reversals_count__gt=0)
    if asked.get("trace"):
        rows = rows.filter(trace__startswith=asked["trace"].strip().replace("\0", ""))
    if asked.get("import"):
        rows = rows.filter(batch_id=_identifier(asked["import"]))
    return rows


def _identifier(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


def address(query: Mapping[str, str]) -> str:
    return f"?{urlencode(query)}"


def page_of(rows: QuerySet[Remittance], after: str) -> tuple[list[Remittance], str]:
    """One page, newest first, and the mark of the next (empty on the last). A mark that means nothing is ignored."""
    moment, _, key = after.partition("_")
    try:
        mark = (dt.datetime.fromisoformat(moment.replace(" ", "+")), UUID(key)) if after else None
    except ValueError:
        mark = None
    if mark is not None and mark[0].tzinfo is not None:
        rows = rows.filter(Q(created_at__lt=mark[0]) | Q(created_at=mark[0], id__lt=mark[1]))
    found = list(rows.order_by("-created_at", "-id")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return found[:PAGE], f"{last.created_at.isoformat()}_{last.pk}" if last else ""


def waiting_page(actor: Actor, after: str) -> tuple[list[ClaimMatch], str]:
    """One page of the work list in the order in which the claims came."""
    rows = waiting_claims(actor).order_by("claim_id")
    with suppress(ValueError):
        rows = rows.filter(claim_id__gt=UUID(after)) if after else rows
    found = list(rows[: PAGE + 1])
    return found[:PAGE], str(found[PAGE - 1].pk) if len(found) > PAGE else ""


@dataclass(slots=True)
class ClaimParts:
    """A claim with what it is made of; adjustments of the whole claim stand apart from those of its lines. ``sessions``
    by number of a line, where the lines of a claim are about several."""

    claim: RemittanceClaim
    adjustments: list[ClaimAdjustment] = field(default_factory=list)
    lines: list[tuple[RemittanceLine, list[ClaimAdjustment]]] = field(default_factory=list)
    sessions: dict[int, TherapySession] = field(default_factory=dict)


def claims_of(actor: Actor, payment: Remittance, after: int = 0, most: int = CLAIMS) -> tuple[list[ClaimParts], int]:
    """Claims in reach in the order of the file, and the number after which the next page begins (0 on the last)."""
    rows = payment.claims.filter(policies.claim_reach(actor), number__gt=after).select_related("match__session")
    found = list(rows.order_by("number")[: most + 1])
    return parts_of(found[:most]), found[most - 1].number if len(found) > most else 0


def parts_of(claims: Sequence[RemittanceClaim]) -> list[ClaimParts]:
    """Three statements, however many claims."""
    of_line: dict[tuple[UUID, int | None], list[ClaimAdjustment]] = defaultdict(list)
    for row in ClaimAdjustment.objects.filter(claim__in=claims).order_by("number"):
        of_line[row.claim_id, row.line].append(row)
    lines: dict[UUID, list[RemittanceLine]] = defaultdict(list)
    for line in RemittanceLine.objects.filter(claim__in=claims).order_by("number"):
        lines[line.claim_id].append(line)
    sessions: dict[UUID, dict[int, TherapySession]] = defaultdict(dict)
    matched = LineMatch.objects.filter(claim__in=[claim for claim in claims if claim.match.how == "lines"])
    for match in matched.select_related("session").order_by("number"):
        if match.session is not None:
            sessions[match.claim_id][match.number] = match.session
    return [
        ClaimParts(
            claim,
            of_line[claim.pk, None],
            [(line, of_line[claim.pk, line.number]) for line in lines[claim.pk]],
            sessions[claim.pk],
        )
        for claim in claims
    ]


def account_of(actor: Actor, payment: Remittance) -> list[AccountAdjustment]:
    """The provider-level adjustments; references name claims of anybody, so only those with unlimited reach see all."""
    rows = list(payment.account_adjustments.order_by("number"))
    reach = policies.claim_reach(actor)
    if reach == Q() or not rows:
        return rows
    names = {name for row in rows for name in row.names}
    named = Q(claim_id__in=names) | Q(payer_claim_id__in=names)
    mine = RemittanceClaim.objects.filter(reach, named, remittance__payer_code=payment.payer_code)
    known = {name for pair in mine.values_list("claim_id", "payer_claim_id") for name in pair} - {""}
    return [row for row in rows if known & set(row.names)]


def tied_to(payment: Remittance, rows: Iterable[AccountAdjustment]) -> dict[int, list[AccountAdjustment]]:
    """For each adjustment those of other payments of this payer that carry the same name: a balance forwarded here and
    applied there, a debt recorded here and collected there. One statement."""
    own = list(rows)
    names = {name for row in own for name in row.names} | {payment.trace}
    found = AccountAdjustment.objects.filter(
        names__overlap=list(names), remittance__payer_code=payment.payer_code
    ).exclude(remittance=payment)
    others = list(found.select_related("remittance").order_by("remittance__paid_on", "pk")[:MOST_TIED]) if own else []
    return {row.pk: [other for other in others if _same_matter(payment, row, other)] for row in own}


def _same_matter(payment: Remittance, row: AccountAdjustment, other: AccountAdjustment) -> bool:
    """The same kind of adjustment under a common name, or under the trace number of either payment."""
    if row.reason != other.reason:
        return False
    named_here, named_there = {*row.names, payment.trace}, {*other.names, other.remittance.trace}
    return bool(set(row.names) & named_there or named_here & set(other.names))


def candidates_of(actor: Actor, match: ClaimMatch) -> list[tuple[TherapySession, int]]:
    """The sessions that may be meant, within reach, with their scores, the likeliest first."""
    scores = {UUID(each["session"]): each["score"] for each in match.candidates}
    reach = Q() if policies.claim_reach(actor) == Q() else Q(provider__team_id=actor.team_id)
    rows = TherapySession.objects.filter(reach, pk__in=scores).select_related("provider", "client")
    return sorted(((row, scores[row.pk]) for row in rows), key=lambda pair: (-pair[1], pair[0].external_id))
