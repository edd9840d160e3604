"""A client's way in to one dispute: no account, one statement, for a while. Looking at it changes nothing."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from clawguard.accounts.actors import SYSTEM, Actor
from clawguard.accounts.sign_in import digest
from clawguard.domain.disputes import REASONS
from clawguard.events.errors import NotFound, Refused
from clawguard.events.services import publish
from disputes import policies
from disputes.models import ClientLink, Dispute
from disputes.services.evidence import read_or_refuse, store_evidence
from disputes.services.locking import locked_dispute

LIFETIME = dt.timedelta(days=14)
KINDS_OF_CLIENTS = ("cancellation", "emergency")  # what a client can tell besides their account
SOURCE = "Stated by the client, by link"


@dataclass(frozen=True, slots=True)
class Told:
    """What the client tells: a reason of the table, their own words, and facts they know."""

    reason: str
    text: str
    evidence: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@transaction.atomic
def issue_client_link(actor: Actor, dispute_id: UUID, now: dt.datetime) -> tuple[ClientLink, str]:
    """A fresh link and its address, which is shown this once; links of this dispute given out before end.

    The address tells nothing about the client. It is the network that sends it, by the ways it knows the client by.
    """
    policies.require_worker(actor, policies.WRITE)
    dispute = locked_dispute(actor, dispute_id)
    if dispute.status in policies.DISPUTE_OVER:
        raise Refused("over", "This dispute is over; there is nothing more to tell.")
    _standing(dispute).update(revoked_at=now)
    token = secrets.token_urlsafe(32)
    link = ClientLink.objects.create(
        dispute=dispute,
        digest=digest(token),
        created_at=now,
        created_by_id=actor.id,
        created_by_name=actor.name,
        expires_at=now + LIFETIME,
    )
    publish("dispute.client_link_made", dispute, actor, now, {"link": str(link.pk)})
    return link, settings.PUBLIC_URL + reverse("client-side", args=[token])


@transaction.atomic
def revoke_client_link(actor: Actor, dispute_id: UUID, now: dt.datetime) -> int:
    """End the dispute's open link; returns how many there were."""
    policies.require_worker(actor, policies.WRITE)
    dispute = locked_dispute(actor, dispute_id)
    ended = _standing(dispute).update(revoked_at=now)
    if ended:
        publish("dispute.client_link_ended", dispute, actor, now, {})
    return ended


def peek_client_link(token: str, now: dt.datetime) -> ClientLink:
    """The link and its dispute, unchanged. Raises NotFound for any that does not work (any more), in one voice."""
    link = ClientLink.objects.select_related("dispute__provider").filter(digest=digest(token)).first()
    if link is None or not usable(link, now):
        raise NotFound
    return link


def usable(link: ClientLink, now: dt.datetime) -> bool:
    spent = link.revoked_at is not None or link.used_at is not None or now >= link.expires_at
    return not spent and link.dispute.status not in policies.DISPUTE_OVER


@transaction.atomic
def take_client_account(token: str, told: Told, now: dt.datetime) -> Dispute:
    """Keep the client's side; the link is used up by it. Raises NotFound, or Refused naming the field at fault."""
    link = peek_client_link(token, now)
    dispute = locked_dispute(SYSTEM, link.dispute_id)
    reason = REASONS.find(dispute.kind, told.reason, dispute.opened_at.date())
    if reason is None:
        raise Refused("not_a_choice", "Choose what comes closest.", "/reason")
    values = {"client_account": read_or_refuse("client_account", {"text": told.text})}
    for kind, given in told.evidence.items():
        if kind in KINDS_OF_CLIENTS and any(value not in (None, "") for value in given.values()):
            values[kind] = read_or_refuse(kind, given)
    if not ClientLink.objects.filter(pk=link.pk, used_at=None, revoked_at=None).update(used_at=now):
        raise NotFound
    for kind, value in values.items():
        store_evidence(SYSTEM, dispute, kind, value, "client", SOURCE, now)
    dispute.reason, dispute.updated_at = reason.id, now
    dispute.save(update_fields=["reason", "updated_at"])
    publish("dispute.client_told", dispute, SYSTEM, now, {"reason": reason.id})
    return dispute


def _standing(dispute: Dispute) -> Any:
    return ClientLink.objects.filter(dispute=dispute, used_at=None, revoked_at=None)
