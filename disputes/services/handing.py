"""Handing one dispute to a delegate by hand; what an absence hands over is in ``notes.services.handing``."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from clawguard.accounts import delegates
from clawguard.accounts.actors import Actor
from clawguard.accounts.models import Delegation, Handover
from clawguard.domain.lifecycles import DisputeState
from clawguard.events.errors import NotFound
from clawguard.events.models import Event
from clawguard.events.services import WrongState, publish
from disputes import policies
from disputes.models import Dispute
from disputes.services.locking import locked_dispute
from disputes.services.mail import mail_delegate
from notes.policies import own_provider
from notes.services import handing


@transaction.atomic
def hand_over(actor: Actor, dispute_id: UUID, delegation_id: UUID, now: dt.datetime) -> Dispute:
    """The provider lets one of their delegates see and answer this dispute, too. Done twice, the second time changes
    nothing. Raises NotAllowed, NotFound, WrongState."""
    own = own_provider(actor)
    dispute = locked_dispute(actor, dispute_id)
    delegation = delegates.standing(own).filter(pk=delegation_id).first()
    if delegation is None:
        raise NotFound
    if dispute.status not in policies.TO_ANSWER:
        raise WrongState(dispute, DisputeState.ANSWERED)
    if handing.hand([dispute], delegation, now):
        publish("dispute.handed_over", dispute, actor, now, {"delegation": str(delegation.pk)})
    return dispute


@transaction.atomic
def take_back(actor: Actor, dispute_id: UUID, now: dt.datetime) -> Dispute:
    """Whoever it was handed to sees it no more. Raises NotAllowed, NotFound."""
    own = own_provider(actor)
    dispute = locked_dispute(actor, dispute_id)
    standing = Handover.objects.filter(about=dispute.pk, taken_back_at=None, delegation__provider=own)
    if standing.update(taken_back_at=now):
        publish("dispute.taken_back", dispute, actor, now)
    return dispute


def tell_handed(event: Event, now: dt.datetime) -> None:
    """Mail the delegate once; not when it was taken back or answered meanwhile."""
    row = Dispute.objects.select_related("provider").get(pk=event.subject_id)
    delegation = Delegation.objects.select_related("delegate").get(pk=event.payload["delegation"])
    handed = delegates.handed(row.pk).filter(delegation=delegation).exists()
    if delegation.delegate is not None and handed and row.status in policies.TO_ANSWER:
        path, due = f"/my/disputes/{row.pk}", row.excused_until or row.due_at
        mail_delegate("dispute_handed_over", delegation.delegate, row, path, event.pk, now, due)
