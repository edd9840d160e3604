"""A client's dispute after it was entered: delivered to the provider, its reason put right, withdrawn or decided."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import SYSTEM, Actor, NotAllowed, speaking_for
from clawguard.domain.disputes import REASONS, outcomes_after
from clawguard.domain.lifecycles import DisputeState
from clawguard.events.errors import NotFound, Refused
from clawguard.events.services import move, publish
from clawguard.events.words import stated
from disputes import policies
from disputes.models import Dispute
from disputes.services import clocks
from disputes.services.locking import locked_dispute
from disputes.services.mail import mail_provider, times_asked
from notes.calendars import version_for
from notes.clock import AcceptedAt, delivered_at
from notes.services import handing

LONGEST_REASON = 1000  # characters


@transaction.atomic
def set_reason(actor: Actor, dispute_id: UUID, reason: str, now: dt.datetime) -> Dispute:
    """Put right why the client disputes it; what is asked for follows from that. Until it is decided."""
    policies.require_worker(actor, policies.WRITE)
    dispute = locked_dispute(actor, dispute_id)
    if dispute.status in policies.DISPUTE_OVER:
        raise Refused("over", "A dispute that is over is kept as it is.")
    found = REASONS.find(dispute.kind, reason, dispute.opened_at.date())
    if found is None:
        raise Refused("not_a_choice", "Choose one of the reasons.", "/reason")
    if dispute.reason != found.id:
        dispute.reason, dispute.updated_at = found.id, now
        dispute.save(update_fields=["reason", "updated_at"])
        publish("dispute.reason_set", dispute, actor, now, {"reason": found.id})
    return dispute


@transaction.atomic
def deliver(dispute_id: UUID, now: dt.datetime, accepted_at: AcceptedAt | None = None, *, again: bool = False) -> None:
    """Show the dispute in the provider's portal and tell them by mail; the answer time starts when the mail was
    accepted, which ``accepted_at`` tells afterwards; without it, at ``now``.

    What reached nobody, or came back, is delivered ``again`` by a person only: a task that comes twice leaves it.
    """
    dispute = locked_dispute(SYSTEM, dispute_id)
    if dispute.status != DisputeState.OPENED and not (again and dispute.status == DisputeState.UNDELIVERABLE):
        return
    handing.cover_new(dispute.provider, [dispute], now)
    due = clocks.answer_time(dispute.provider, now)
    path, occasion = f"/my/disputes/{dispute.pk}", times_asked("dispute_asked", dispute)
    if not mail_provider("dispute_asked", dispute.provider, dispute, path, occasion, now, due.lapses_at):
        if dispute.status == DisputeState.OPENED:
            move(dispute, DisputeState.UNDELIVERABLE, SYSTEM, now, updated_at=now)
        return
    delivered = delivered_at(now, accepted_at)
    due = clocks.answer_time(dispute.provider, delivered)
    marks: dict[str, Any] = {"delivered_at": delivered, "due_at": due.lapses_at, "deadline": due.as_dict()}
    marks |= {"calendar": version_for(dispute.provider, delivered), "updated_at": delivered}
    move(dispute, DisputeState.OPEN, SYSTEM, delivered, payload={"due_at": due.lapses_at.isoformat()}, **marks)


@transaction.atomic
def mark_seen(actor: Actor, dispute: Dispute, now: dt.datetime) -> None:
    """The provider's side has the dispute, which is within their reach, before them; only the first time is news."""
    unseen = Dispute.objects.filter(pk=dispute.pk, seen_at=None)
    if actor.answers and dispute.seen_at is None and unseen.update(seen_at=now):
        publish("dispute.viewed", dispute, speaking_for(actor, dispute.provider), now)


@transaction.atomic
def deliver_again(actor: Actor, dispute_id: UUID, now: dt.datetime, accepted_at: AcceptedAt | None = None) -> Dispute:
    """Try again after the provider's address was put right; ``accepted_at`` as in ``deliver``."""
    policies.require_worker(actor)
    dispute = locked_dispute(actor, dispute_id)
    deliver(dispute.pk, now, accepted_at, again=True)
    dispute.refresh_from_db()
    if dispute.delivered_at is None:
        raise Refused("still_undeliverable", "It still cannot be delivered. Check the provider's e-mail address.")
    return dispute


@transaction.atomic
def withdraw(actor: Actor, dispute_id: UUID, reason: str, now: dt.datetime) -> Dispute:
    """The client took the dispute back before it was answered."""
    dispute = _staff_dispute(actor, dispute_id)
    move(dispute, DisputeState.WITHDRAWN, actor, now, outcome_reason=_reason(reason), updated_at=now)
    return dispute


@transaction.atomic
def decide_dispute(
    actor: Actor, dispute_id: UUID, outcome: str, amount: Decimal | None, reason: str, now: dt.datetime
) -> Dispute:
    """How the dispute ends for the client. It proposes no money by itself: what it costs whom is its case's matter."""
    dispute = _staff_dispute(actor, dispute_id)
    kept = _kept_fee(dispute, outcome, amount)
    marks: dict[str, Any] = {
        "outcome": outcome,
        "outcome_amount": kept,
        "outcome_reason": _reason(reason),
        "decided_at": now,
        "decided_by_id": actor.id,
        "decided_by_name": actor.name,
        "updated_at": now,
    }
    move(dispute, DisputeState.DECIDED, actor, now, payload={"outcome": outcome}, **marks)
    return dispute


def _staff_dispute(actor: Actor, dispute_id: UUID) -> Dispute:
    if actor.kind != "user" or not actor.is_staff:
        _found_or_not(actor, dispute_id)
        raise NotAllowed
    return locked_dispute(actor, dispute_id)


def _found_or_not(actor: Actor, dispute_id: UUID) -> None:
    if not Dispute.objects.filter(policies.dispute_reach(actor), pk=dispute_id).exists():
        raise NotFound


def _kept_fee(dispute: Dispute, outcome: str, amount: Decimal | None) -> Decimal:
    """What the client still owes after the outcome."""
    if outcome not in dict(Dispute.OUTCOMES):
        raise Refused("not_a_choice", "Choose one of the outcomes.", "/outcome")
    if outcome not in outcomes_after(dispute.answer):
        raise Refused(
            "given_up", "The provider let it go, so the client owes nothing: waived, or refunded.", "/outcome"
        )
    if outcome == "upheld":
        return dispute.amount
    if outcome != "reduced":
        return Decimal(0)
    if amount is None or not 0 < amount < dispute.amount:
        raise Refused("amount", f"Give the reduced fee: more than 0, less than {dispute.amount}.", "/amount")
    return amount


def _reason(reason: str) -> str:
    return stated(reason, "/reason", LONGEST_REASON, "Say why, in a sentence the client and the provider may read.")
