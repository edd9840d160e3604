"""What people and programs say about remittances: which session a claim is about, or that it is none of ours; and what
people alone say: that sums may disagree.

Each carries a reason, a name and the moment. It is remembered for when the claim comes again.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from clawguard.accounts.actors import Actor
from clawguard.events.errors import NotFound, Refused
from clawguard.events.services import publish, publish_many
from clawguard.events.words import stated
from disputes import policies
from disputes.models import ClaimMatch, LineMatch, RememberedMatch, Remittance, RemittanceClaim
from disputes.selectors.remittances import get_claim, get_remittance
from disputes.services.remittances.remembering import holds, remember
from disputes.services.remittances.takebacks import sessions_of_claim
from sessions.models import TherapySession
from sessions.selectors import visible_sessions


@transaction.atomic
def match_by_hand(actor: Actor, claim_id: UUID, external_id: str, reason: str, now: dt.datetime) -> ClaimMatch:
    """Say which session a claim is about. Raises NotFound out of reach, Refused for an unknown session or no reason."""
    policies.require_worker(actor, policies.REMITTANCES)
    match = _locked(actor, claim_id)
    said = reason_of(reason)
    session = session_of(actor, external_id.strip())
    before = " ".join(sorted(map(str, sessions_of_claim(match) - {session.pk})))
    how = "program" if actor.kind == "api" else "person"
    LineMatch.objects.filter(claim=claim_id).update(session=None)
    _write(match, actor, session, how, said, now)
    payload = {"how": how, **({"before": before} if before else {})}
    publish("remittance.claim_matched", match.claim, actor, now, payload)
    _remember(actor, match.claim, session, now)
    return match


@transaction.atomic
def set_aside(actor: Actor, claim_id: UUID, reason: str, now: dt.datetime) -> ClaimMatch:
    """Say that a claim is about no session of ours. Raises as ``match_by_hand`` does; not for a matched claim."""
    policies.require_worker(actor, policies.REMITTANCES)
    match = _locked(actor, claim_id)
    said = reason_of(reason)
    if match.session_id is not None or match.how == "lines":
        raise Refused("matched", "This claim has its session. Choose another one instead.")
    _write(match, actor, None, "set_aside", said, now)
    publish("remittance.claim_set_aside", match.claim, actor, now)
    _remember(actor, match.claim, None, now)
    return match


@transaction.atomic
def accept_balance(actor: Actor, remittance_id: UUID, reason: str, now: dt.datetime) -> Remittance:
    """Go on with a payment whose sums disagree: its takebacks may open cases from now on."""
    policies.require_worker(actor)
    get_remittance(actor, remittance_id)
    payment = Remittance.objects.select_for_update().get(pk=remittance_id)
    if payment.usable:
        raise Refused("balances", "Nothing is to be accepted here: the sums agree, or somebody accepted them already.")
    payment.accepted_at, payment.accepted_by_id, payment.accepted_by_name = now, actor.id, actor.name
    payment.accepted_reason = reason_of(reason)
    payment.save(update_fields=["accepted_at", "accepted_by_id", "accepted_by_name", "accepted_reason"])
    publish("remittance.balance_accepted", payment, actor, now, {"difference": str(payment.difference)})
    return payment


def _locked(actor: Actor, claim_id: UUID) -> ClaimMatch:
    get_claim(actor, claim_id)
    match = ClaimMatch.objects.select_for_update(of=("self",)).select_related("claim").filter(pk=claim_id).first()
    if match is None:
        raise NotFound
    return match


def session_of(actor: Actor, external_id: str, pointer: str = "/session") -> TherapySession:
    """A session in reach. A key that may send remittances need not be allowed to list sessions."""
    reachable = TherapySession.objects.all() if actor.kind == "api" else visible_sessions(actor)
    session = reachable.filter(external_id=external_id).first()
    if session is None:
        raise Refused("session_unknown", f"You have no session {external_id}.", pointer)
    return session


def reason_of(reason: str) -> str:
    """What was said, as it is kept. Raises Refused."""
    return stated(reason, "/reason", missing="Say why in a few words; it is kept with your name.")


def _write(
    match: ClaimMatch, actor: Actor, session: TherapySession | None, how: str, reason: str, now: dt.datetime
) -> None:
    match.session, match.how, match.reason, match.at = session, how, reason, now
    match.by_id, match.by_name = actor.id, actor.name
    match.score, match.candidates = (100, []) if session is not None else (0, match.candidates)
    if session is not None:
        match.provider_id = session.provider_id
    match.save()


def _remember(actor: Actor, claim: RemittanceClaim, session: TherapySession | None, now: dt.datetime) -> None:
    """Keep what the claim's numbers mean, and let it follow where it waits a second time."""
    said = remember(claim, session, actor.name, now)
    same = Q(claim__claim_id=claim.claim_id)
    if claim.payer_claim_id:
        same |= Q(claim__payer_claim_id=claim.payer_claim_id)
    waiting = ClaimMatch.objects.filter(same, claim__remittance__payer_code=claim.remittance.payer_code, how="")
    followers = [match for match in waiting.exclude(pk=claim.pk).select_related("claim") if _follows(match.claim, said)]
    for match in followers:
        _write(match, actor, session, "set_aside" if session is None else "remembered", "", now)
    if session is not None:
        told = [(match.claim, {"how": "remembered"}) for match in followers]
        publish_many("remittance.claim_matched", told, actor, now)


def _follows(claim: RemittanceClaim, said: list[RememberedMatch]) -> bool:
    own = {"claim_id": claim.claim_id, "payer_claim_id": claim.payer_claim_id}
    named = [row for row in said if row.value == own[row.kind]]
    return any(holds(row, claim.client_ref, claim.first_day, claim.last_day) for row in named)
