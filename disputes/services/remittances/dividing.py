"""What people and programs say of takebacks that name no claim of one session: how much is about which session, or that
it is about none of ours. Nothing here moves money.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import Actor
from clawguard.events.errors import Refused
from clawguard.events.services import publish
from disputes import policies
from disputes.models import AccountAdjustment, AccountMatch, AccountShare
from disputes.selectors.takebacks import get_takeback
from disputes.services.remittances.judging import reason_of, session_of
from sessions.models import TherapySession

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Said:
    """So much of a takeback, in US dollars above zero, is about the session with this external id."""

    session: str
    amount: Decimal


@transaction.atomic
def divide(actor: Actor, match_id: UUID, said: Sequence[Said], reason: str, now: dt.datetime) -> AccountMatch:
    """Say how much of a takeback is about which session. Raises NotFound out of reach, Refused where the parts do not
    make the whole, a session is unknown or named twice, or no reason is given."""
    policies.require_worker(actor, policies.REMITTANCES)
    match = _locked(actor, match_id)
    why = reason_of(reason)
    parts = _parts(actor, match.adjustment, said)
    before = _shared(match)
    AccountShare.objects.filter(match=match).update(amount=0)
    for session, amount in parts.items():
        AccountShare.objects.update_or_create(match=match, session=session, defaults={"amount": amount})
    _say(match, actor, "program" if actor.kind == "api" else "person", why, now)
    _tell(match, actor, before - {session.pk for session in parts}, now)
    return match


@transaction.atomic
def set_takeback_aside(actor: Actor, match_id: UUID, reason: str, now: dt.datetime) -> AccountMatch:
    """Say that a takeback is about no session of ours. Raises as ``divide`` does."""
    policies.require_worker(actor, policies.REMITTANCES)
    match = _locked(actor, match_id)
    why = reason_of(reason)
    before = _shared(match)
    AccountShare.objects.filter(match=match).update(amount=0)
    _say(match, actor, "set_aside", why, now)
    _tell(match, actor, before, now)
    return match


def _locked(actor: Actor, match_id: UUID) -> AccountMatch:
    get_takeback(actor, match_id)
    rows = AccountMatch.objects.select_for_update(of=("self",)).select_related("adjustment__remittance")
    return rows.get(pk=match_id)


def _parts(actor: Actor, took: AccountAdjustment, said: Sequence[Said]) -> dict[TherapySession, Decimal]:
    """The parts with the sign of the file. Fractions of a cent, which some payers send, go with the first."""
    parts: dict[TherapySession, Decimal] = {}
    for each in said:
        if each.amount <= 0:
            raise Refused("amount", f"Give session {each.session} an amount above zero, or leave it out.", "/shares")
        session = session_of(actor, each.session.strip(), "/shares")
        if session in parts:
            raise Refused("twice", f"Session {session.external_id} is named twice.", "/shares")
        parts[session] = each.amount
    whole, sign = abs(took.amount), -1 if took.amount < 0 else 1
    together = sum(parts.values(), Decimal(0))
    if not parts or together != whole.quantize(CENT):
        raise Refused("sum", f"The parts make ${together:,.2f}; they must make ${whole:,.2f}.", "/shares")
    parts[next(iter(parts))] += whole - together
    return {session: sign * amount for session, amount in parts.items()}


def _shared(match: AccountMatch) -> set[UUID]:
    return set(match.shares.exclude(amount=0).values_list("session_id", flat=True))


def _say(match: AccountMatch, actor: Actor, how: str, reason: str, now: dt.datetime) -> None:
    match.how, match.reason, match.at = how, reason, now
    match.by_id, match.by_name = actor.id, actor.name
    match.save(update_fields=["how", "reason", "at", "by_id", "by_name"])


def _tell(match: AccountMatch, actor: Actor, before: set[UUID], now: dt.datetime) -> None:
    payload = {"takeback": str(match.pk), "how": match.how}
    if before:
        payload["before"] = " ".join(sorted(map(str, before)))
    publish("remittance.takeback_divided", match.adjustment.remittance, actor, now, payload)
